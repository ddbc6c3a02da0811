"""From trained weights to those of the repository: measured and published."""

import shutil
from pathlib import Path

from transformers import CLIPModel, CLIPTokenizer

from ..training import Run, publish
from .evaluate import embedder_of, figures
from .model import save

_GALLERIES = 10


def release(run: Run, model: CLIPModel, tokenizer: CLIPTokenizer, command: str) -> Path:
    """The folder of the published weights."""
    folder = run.folder / "model"
    save(model, tokenizer, folder)
    shutil.copy2(run.folder / "curves.png", folder)
    embedder = embedder_of(folder)
    metrics = {
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "seed": run.seed,
        "steps": run.steps,
        "minutes": round(run.minutes_spent, 1),
        "validation": figures(embedder, "validation", _GALLERIES),
        "test": figures(embedder, "test", _GALLERIES),
    }
    return publish(folder, "clip", metrics, command)
