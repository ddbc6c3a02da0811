"""The vqa test model; it records the parameters of its requests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "provider" / "__fixtures__"))
from recorded import load, recorded

toy = load("vqa")


def follow(parameters):
    """The header `x-token-seconds` makes it slow enough to be stopped in the middle."""
    toy.TOKEN_SECONDS = float(parameters.get("x-token-seconds", 0.001))


TritonPythonModel = recorded(toy.TritonPythonModel, "provider-vqa", follow)
