"""From trained weights to those of the repository: measured and published."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from transformers import LlavaOnevisionForConditionalGeneration, Qwen2Tokenizer

from ..training import Run, release_weights
from .evaluate import answerer_of, figures
from .model import save

_MEASURED_SCENES = 80


def release(
    run: Run,
    model: LlavaOnevisionForConditionalGeneration,
    tokenizer: Qwen2Tokenizer,
    schedule: Mapping[str, Any],
) -> Path:
    """The folder of the published weights."""
    folder = run.folder / "model"
    save(model, tokenizer, folder)
    found = {
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "validation": figures(answerer_of(folder), "validation", _MEASURED_SCENES),
    }
    return release_weights(run, folder, schedule, found)
