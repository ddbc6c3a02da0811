"""From trained weights to those of the repository: measured and published."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from transformers import CLIPModel, CLIPTokenizer

from ..training import Run, release_weights
from .evaluate import embedder_of, figures
from .model import save

_GALLERIES = 10


def release(run: Run, model: CLIPModel, tokenizer: CLIPTokenizer, schedule: Mapping[str, Any]) -> Path:
    """The folder of the published weights."""
    folder = run.folder / "model"
    save(model, tokenizer, folder)
    found = {
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "validation": figures(embedder_of(folder), "validation", _GALLERIES),
    }
    return release_weights(run, folder, schedule, found)
