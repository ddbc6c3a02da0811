"""Test models that write down the parameters of the request they got last, in a file that belongs to their server."""

import importlib.util
import json
import os
import tempfile
import time
from pathlib import Path

MODELS = Path(__file__).resolve().parents[2] / "__fixtures__" / "models"


def load(name):
    """The module of another test model."""
    spec = importlib.util.spec_from_file_location(f"toy_{name}", MODELS / name / "1" / "model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def recorded(base, name, follow=lambda parameters: None):
    """
    The class of a test model that records. The header `x-wait` makes it wait for so many seconds first; `follow` is
    told the parameters of each request.
    """

    class Recorded(base):
        def execute(self, requests):
            for request in requests:
                parameters = json.loads(request.parameters() or "{}")
                file = Path(tempfile.gettempdir()) / f"atelier-{os.getppid()}-{name}.json"
                file.write_text(json.dumps(parameters))
                follow(parameters)
                time.sleep(float(parameters.get("x-wait", 0)))
            return super().execute(requests)

    return Recorded
