"""From trained weights to those of the repository: measured and published."""

import shutil
from pathlib import Path

from transformers import SamModel

from ..training import Run, publish
from .evaluate import figures, segmenter_of
from .model import save

_MEASURED_SCENES = 300


def release(run: Run, model: SamModel, command: str) -> Path:
    """The folder of the published weights."""
    folder = run.folder / "model"
    save(model, folder)
    shutil.copy2(run.folder / "curves.png", folder)
    segmenter = segmenter_of(folder)
    metrics = {
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "seed": run.seed,
        "steps": run.steps,
        "minutes": round(run.minutes_spent, 1),
        "validation": figures(segmenter, "validation", _MEASURED_SCENES),
        "test": figures(segmenter, "test", _MEASURED_SCENES),
    }
    return publish(folder, "sam", metrics, command)
