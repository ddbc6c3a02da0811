"""From trained weights to those of the repository: calibrated, measured, published."""

import shutil
from pathlib import Path

import torch
from transformers import CLIPTokenizer, Owlv2ForObjectDetection

from ..training import Run, publish
from .calibrate import calibrate
from .evaluate import detector_of, figures
from .measure import cases
from .model import save

_RECIPE = (
    "32 pictures a step of 20,000, half mirrored, each asked for the same 128 phrases; a quarter with mixed channels "
    "teach shape and size alone; half of the ground left out of the picture until the last 15 % of the steps; "
    "Muon and AdamW, rates falling in the last 30 %"
)
_CALIBRATION_SCENES, _MEASURED_SCENES = 500, 500


def release(run: Run, model: Owlv2ForObjectDetection, tokenizer: CLIPTokenizer, command: str) -> Path:
    """The folder of the published weights."""
    folder = run.folder / "model"
    save(model, tokenizer, folder)
    bias = calibrate(detector_of(folder), list(cases("validation", _CALIBRATION_SCENES)))
    with torch.no_grad():
        model.class_head.logit_shift.bias.fill_(bias)
    save(model, tokenizer, folder)
    shutil.copy2(run.folder / "curves.png", folder)
    detector = detector_of(folder)
    metrics = {
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "recipe": _RECIPE,
        "seed": run.seed,
        "steps": run.steps,
        "minutes": round(run.minutes_spent, 1),
        "calibration": {"scenes": _CALIBRATION_SCENES, "split": "validation", "logit_shift_bias": bias},
        "validation": figures(detector, "validation", _MEASURED_SCENES),
        "test": figures(detector, "test", _MEASURED_SCENES),
    }
    return publish(folder, "owlv2", metrics, command)
