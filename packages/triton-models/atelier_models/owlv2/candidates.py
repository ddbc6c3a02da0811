"""From scores to detections: the threshold, and of boxes on the same thing only the best."""

from collections.abc import Sequence

import numpy
import torch

from ..settings import Owlv2Settings
from .request import Detections

# More than OWLv2 has boxes (base 3,600, large 5,184), so that only `per-phrase` at a very low threshold is cut.
_MOST = 8_192
# More than anybody looks at; the contract says so.
MOST_DETECTIONS = 1_000
# Boxes that are compared with each other at once.
_BLOCK = 128


def best_phrases(scores: torch.Tensor, nms: str) -> tuple[numpy.ndarray, numpy.ndarray]:
    """
    (scores, phrases), each [..., boxes, k], of scores [..., boxes, phrases] on any device.
    `class-agnostic`: k = 1, each box under the phrase that fits it best, as in OWLv2's own post-processing.
    `per-phrase`: k = phrases, each box under every phrase, as if each had been asked for alone.
    """
    if nms == "class-agnostic":
        best = scores.max(dim=-1, keepdim=True)
        return best.values.float().cpu().numpy(), best.indices.int().cpu().numpy()
    indices = numpy.arange(scores.shape[-1], dtype=numpy.int32)
    return scores.float().cpu().numpy(), numpy.broadcast_to(indices, scores.shape)


def at_least(boxes: numpy.ndarray, scores: numpy.ndarray, phrases: numpy.ndarray, threshold: float) -> Detections:
    """What scores `threshold` or more. boxes: [n, 4]; scores, phrases: [n, k]."""
    box, column = numpy.nonzero(scores >= numpy.float32(threshold))
    return Detections(boxes[box], scores[box, column], phrases[box, column])


def join(parts: Sequence[Detections]) -> Detections:
    return Detections(
        numpy.concatenate([numpy.zeros((0, 4), numpy.float32), *(part.boxes for part in parts)]),
        numpy.concatenate([numpy.zeros(0, numpy.float32), *(part.scores for part in parts)]),
        numpy.concatenate([numpy.zeros(0, numpy.int32), *(part.phrases for part in parts)]),
    )


def without_rivals(found: Detections, settings: Owlv2Settings) -> Detections:
    """
    Best first, each without the boxes that overlap it by IoU `nms_iou` or more and score less (greedy non-maximum
    suppression; of equal scores the first stays). Boxes rival each other under whatever phrase, or only under the same.
    At most the `MOST_DETECTIONS` best.
    """
    order = numpy.argsort(-found.scores, kind="stable")[:_MOST]
    boxes, phrases = found.boxes[order], found.phrases[order]
    if settings.nms == "class-agnostic":
        kept = keep_best(boxes, settings.nms_iou)
    else:
        groups = [numpy.flatnonzero(phrases == phrase) for phrase in numpy.unique(phrases)]
        parts = [group[keep_best(boxes[group], settings.nms_iou)] for group in groups]
        kept = numpy.sort(numpy.concatenate([numpy.zeros(0, numpy.int64), *parts]))[:MOST_DETECTIONS]
    chosen = order[kept]
    return Detections(found.boxes[chosen], found.scores[chosen], found.phrases[chosen])


def keep_best(boxes: numpy.ndarray, limit: float) -> numpy.ndarray:
    """
    The places, in ascending order, of the boxes [n, 4] xyxy that stay, at most `MOST_DETECTIONS`. The best box comes
    first. Block by block, each compared with what stays so far at once: box by box would take seconds for thousands.
    """
    kept = numpy.zeros(0, numpy.int64)
    for first in range(0, len(boxes), _BLOCK):
        block = numpy.arange(first, min(first + _BLOCK, len(boxes)))
        block = block[~_rivals(boxes[block], boxes[kept], limit).any(axis=1)]
        stays = _greedy(_rivals(boxes[block], boxes[block], limit))
        kept = numpy.concatenate([kept, block[stays]])
        if len(kept) >= MOST_DETECTIONS:
            break
    return kept[:MOST_DETECTIONS]


def _greedy(rivals: numpy.ndarray) -> numpy.ndarray:
    """[n] bool, which of n boxes stay. rivals: [n, n] bool."""
    stays = numpy.ones(len(rivals), bool)
    for place, others in enumerate(rivals):
        if stays[place]:
            stays[place + 1 :] &= ~others[place + 1 :]
    return stays


def _rivals(boxes: numpy.ndarray, others: numpy.ndarray, limit: float) -> numpy.ndarray:
    """[n, m] bool, which of the boxes [n, 4] and the others [m, 4] overlap by IoU `limit` or more."""
    left, top, right, bottom = boxes.T[:, :, None]
    other_left, other_top, other_right, other_bottom = others.T[:, None]
    width = numpy.minimum(right, other_right) - numpy.maximum(left, other_left)
    height = numpy.minimum(bottom, other_bottom) - numpy.maximum(top, other_top)
    both = numpy.maximum(width, 0) * numpy.maximum(height, 0)
    either = (right - left) * (bottom - top) + (other_right - other_left) * (other_bottom - other_top) - both
    # Boxes without area overlap nothing.
    return numpy.divide(both, either, out=numpy.zeros_like(both), where=either > 0) >= limit
