"""From a trained painter to the weights of the repository: measured and published."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from atelier_models.sd3.families.choose import load_family
from atelier_models.settings import Sd3Settings

from ..training import Run, TrainingScenes, release_weights
from .autoencoder import denormalised, normalised
from .autoencoder_training import crops, psnr
from .edits import painted_edits
from .evaluate import evaluate
from .model import open_autoencoder

_EDITS, _CROPS = 100, 128
# Steps and guidance: quick, and as the SDK asks by default.
_WAYS = ((10, 3.0), (10, 7.0), (28, 7.0))


def release(run: Run, first: Run, autoencoder: Path, schedule: Mapping[str, Any]) -> Path:
    """The folder of the published weights. first: the training of the autoencoder, which lies in its folder."""
    folder = run.folder / "pipeline"
    family = load_family(folder, Sd3Settings(device=run.device))
    edits = painted_edits("validation", _EDITS)
    sheets = run.folder / "evaluation"
    sheets.mkdir(exist_ok=True)
    found = {
        "parameters": sum(weights.numel() for weights in family.denoiser.parameters()),
        "autoencoder": {
            "steps": first.steps,
            "minutes": round(first.minutes_spent, 1),
            "processor_minutes": round(first.processor_minutes, 1),
            "psnr": round(_autoencoder_psnr(autoencoder, run), 2),
        },
        "validation": {
            "split": "validation",
            "edits": _EDITS,
            **{
                f"{steps} steps, guidance {guidance:g}": evaluate(
                    family, edits, steps, guidance, sheets / f"steps-{steps}-guidance-{guidance:g}.png"
                )
                for steps, guidance in _WAYS
            },
        },
    }
    return release_weights(run, folder, schedule, found)


@torch.inference_mode()
def _autoencoder_psnr(folder: Path, run: Run) -> float:
    """Decibels, on crops of validation scenes."""
    autoencoder = open_autoencoder(folder)
    pixels = crops(TrainingScenes("validation"), run.generator(0), _CROPS)
    decoded = denormalised(autoencoder, normalised(autoencoder, pixels)).clamp(-1, 1)
    return psnr((decoded - pixels).square().mean().item())
