"""The place of the threshold: how high logits are as a whole."""

from collections.abc import Sequence

import numpy
import torch
from atelier_models.owlv2.owlv2_detector import Owlv2Detector

from .measure import Case, measure

# Of the phrases that fit nothing.
_MOST_FALSE_POSITIVES = 0.03
_STEPS = numpy.linspace(-0.14, 0.1, 13)


def calibrate(detector: Owlv2Detector, scenes: Sequence[Case]) -> float:
    """
    Sets the bias of the logits' shift and returns it: the one with the best F1 of what is found for phrases that fit
    something, among those with at most 3 % false positives, both as `measure` says. scenes: of the validation split.
    What the detector finds best stays best: all logits rise or fall.
    """
    bias = detector.scorer.class_head.logit_shift.bias
    first = bias.item()
    results = {}
    for step in _STEPS.tolist():
        _set(bias, first + step)
        results[first + step] = measure(detector, scenes)
    best = max(results, key=lambda value: _worth(results[value]))
    _set(bias, best)
    return best


def _set(bias: torch.Tensor, value: float) -> None:
    with torch.inference_mode():
        bias.fill_(value)


def _worth(found: dict[str, float]) -> tuple[bool, float]:
    precision, recall = found["precision"], found["recall"]
    return found["false_positive_rate"] <= _MOST_FALSE_POSITIVES, 2 * precision * recall / max(1e-9, precision + recall)
