"""Which parts of which model can be exported. VQA generates token by token and SD3 step by step: not as one graph."""

import importlib
from pathlib import Path

from ..settings import ModelSettings
from .part import Part

MODELS = ("owlv2", "sam", "clip")


def parts_of(name: str, folder: Path, settings: ModelSettings) -> list[Part]:
    """The parts of the model `name` with the weights in `folder`. Raises `SettingsError` for another kind."""
    # Imported when asked for: each brings its model's code.
    module = importlib.import_module(f".{name}_parts", __package__)
    return getattr(module, f"{name}_parts")(folder, settings)
