"""The tensors of the owlv2 contract and what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy

from ..errors import BadInputError
from ..inputs import Inputs
from ..settings import Owlv2Settings


@dataclass(frozen=True)
class DetectionRequest:
    """
    image: an encoded picture, not decoded yet (that is done for all pictures of a batch at the same time).
    phrases: what to look for, at least one, none blank. threshold: 0..1, the lowest score that is given.
    """

    image: bytes
    phrases: tuple[str, ...]
    threshold: float


@dataclass(frozen=True)
class Detections:
    """
    boxes: [n, 4] float32, (left, top, right, bottom) in pixels of the upright picture; may reach beyond it.
    scores: [n] float32, 0..1. phrases: [n] int32, the place of the phrase in the request, from 0.
    """

    boxes: numpy.ndarray
    scores: numpy.ndarray
    phrases: numpy.ndarray


def read_request(inputs: Inputs, settings: Owlv2Settings) -> DetectionRequest:
    """IMAGE, PHRASES and THRESHOLD. Raises `BadInputError`."""
    image = inputs.blob("IMAGE")
    if not image:
        raise BadInputError("IMAGE is missing or empty.")
    phrases = inputs.texts("PHRASES", settings.most_phrases, settings.most_characters)
    return DetectionRequest(image, tuple(phrases), inputs.number("THRESHOLD", 0, 1))


def write_detections(detections: Detections) -> Mapping[str, numpy.ndarray]:
    """BOXES [n, 4] FP32, SCORES [n] FP32 and PHRASE_INDEX [n] INT32; n may be 0."""
    return {"BOXES": detections.boxes, "SCORES": detections.scores, "PHRASE_INDEX": detections.phrases}
