"""From trained weights to those of the repository: calibrated, measured, published."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from transformers import CLIPTokenizer, Owlv2ForObjectDetection

from ..training import Run, release_weights
from .calibrate import calibrate
from .evaluate import detector_of, figures
from .measure import cases
from .model import save

_CALIBRATION_SCENES, _MEASURED_SCENES = 500, 500


def release(run: Run, model: Owlv2ForObjectDetection, tokenizer: CLIPTokenizer, schedule: Mapping[str, Any]) -> Path:
    """The folder of the published weights."""
    folder = run.folder / "model"
    save(model, tokenizer, folder)
    bias = calibrate(detector_of(folder), list(cases("validation", _CALIBRATION_SCENES)))
    with torch.no_grad():
        model.class_head.logit_shift.bias.fill_(bias)
    save(model, tokenizer, folder)
    found = {
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "calibration": {"split": "validation", "scenes": _CALIBRATION_SCENES, "logit_shift_bias": bias},
        "validation": figures(detector_of(folder), "validation", _MEASURED_SCENES),
    }
    return release_weights(run, folder, schedule, found)
