"""From a trained painter to the weights of the repository: measured and published."""

import shutil
from pathlib import Path

import torch
from atelier_models.sd3.families.choose import load_family
from atelier_models.settings import Sd3Settings

from ..training import Run, TrainingScenes, publish
from .autoencoder import denormalised, normalised
from .autoencoder_training import crops, psnr
from .edits import painted_edits
from .evaluate import evaluate
from .model import open_autoencoder

_EDITS, _CROPS = 100, 128
# Steps and guidance: quick, and as the SDK asks by default.
_WAYS = ((10, 3.0), (10, 7.0), (28, 7.0))


def release(run: Run, autoencoder: Path, command: str) -> Path:
    """The folder of the published weights."""
    folder = run.folder / "pipeline"
    shutil.copy2(run.folder / "curves.png", folder)
    family = load_family(folder, Sd3Settings(device=run.device))
    edits = painted_edits("validation", _EDITS)
    sheets = run.folder / "evaluation"
    sheets.mkdir(exist_ok=True)
    metrics = {
        "parameters": sum(weights.numel() for weights in family.denoiser.parameters()),
        "seed": run.seed,
        "steps": run.steps,
        "minutes": round(run.minutes_spent, 1),
        "autoencoder_psnr": round(_autoencoder_psnr(autoencoder, run), 2),
        "validation": {
            f"{steps} steps, guidance {guidance:g}": evaluate(
                family, edits, steps, guidance, sheets / f"steps-{steps}-guidance-{guidance:g}.png"
            )
            for steps, guidance in _WAYS
        },
    }
    return publish(folder, "sd3", metrics, command)


@torch.inference_mode()
def _autoencoder_psnr(folder: Path, run: Run) -> float:
    """Decibels, on crops of validation scenes."""
    autoencoder = open_autoencoder(folder)
    pixels = crops(TrainingScenes("validation"), run.generator(0), _CROPS)
    decoded = denormalised(autoencoder, normalised(autoencoder, pixels)).clamp(-1, 1)
    return psnr((decoded - pixels).square().mean().item())
