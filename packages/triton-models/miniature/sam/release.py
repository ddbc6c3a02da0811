"""From trained weights to those of the repository: measured and published."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from transformers import SamModel

from ..training import Run, release_weights
from .evaluate import figures, segmenter_of
from .model import save

_MEASURED_SCENES = 300


def release(run: Run, model: SamModel, schedule: Mapping[str, Any]) -> Path:
    """The folder of the published weights."""
    folder = run.folder / "model"
    save(model, folder)
    found = {
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "validation": figures(segmenter_of(folder), "validation", _MEASURED_SCENES),
    }
    return release_weights(run, folder, schedule, found)
