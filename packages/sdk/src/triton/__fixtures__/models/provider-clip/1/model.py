"""The clip test model; it records the parameters of its requests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "provider" / "__fixtures__"))
from recorded import load, recorded

toy = load("clip")
TritonPythonModel = recorded(toy.TritonPythonModel, "provider-clip")
