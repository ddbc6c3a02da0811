"""From trained weights to those of the repository: measured and published."""

import shutil
from pathlib import Path

from transformers import LlavaOnevisionForConditionalGeneration, Qwen2Tokenizer

from ..training import Run, publish
from .evaluate import answerer_of, figures
from .model import save

_MEASURED_SCENES = 80


def release(
    run: Run, steps: int, model: LlavaOnevisionForConditionalGeneration, tokenizer: Qwen2Tokenizer, command: str
) -> Path:
    """The folder of the published weights. steps: so many of the run's are done."""
    folder = run.folder / "model"
    save(model, tokenizer, folder)
    shutil.copy2(run.folder / "curves.png", folder)
    answerer = answerer_of(folder)
    metrics = {
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "seed": run.seed,
        "steps": run.steps,
        "steps_done": steps,
        "minutes": round(run.minutes_spent, 1),
        "validation": figures(answerer, "validation", _MEASURED_SCENES),
        "test": figures(answerer, "test", _MEASURED_SCENES),
    }
    return publish(folder, "vqa", metrics, command)
