"""From scores to detections: the threshold, and of boxes on the same thing only the best."""

from collections.abc import Sequence

import numpy
import torch

from ..settings import Owlv2Settings
from .request import Detections

# More than OWLv2 has boxes (base 3,600, large 5,184), so that only `per-phrase` at a very low threshold is cut.
_MOST = 8_192


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
    """
    order = numpy.argsort(-found.scores, kind="stable")[:_MOST]
    boxes, phrases = found.boxes[order], found.phrases[order]
    if settings.nms == "class-agnostic":
        kept = keep_best(boxes, settings.nms_iou)
    else:
        groups = [numpy.flatnonzero(phrases == phrase) for phrase in numpy.unique(phrases)]
        parts = [group[keep_best(boxes[group], settings.nms_iou)] for group in groups]
        kept = numpy.sort(numpy.concatenate([numpy.zeros(0, numpy.int64), *parts]))
    chosen = order[kept]
    return Detections(found.boxes[chosen], found.scores[chosen], found.phrases[chosen])


def keep_best(boxes: numpy.ndarray, limit: float) -> numpy.ndarray:
    """The places, in ascending order, of the boxes [n, 4] xyxy that stay. The best box comes first."""
    left, top, right, bottom = numpy.ascontiguousarray(boxes.T)
    area = (right - left) * (bottom - top)
    columns = numpy.stack([left, top, right, bottom, area])
    places = numpy.arange(len(boxes))
    kept = []
    while places.size:
        kept.append(places[0])
        apart = _iou_with_first(columns) < limit
        # A box overlaps itself, but not if its area is 0.
        apart[0] = False
        columns, places = columns[:, apart], places[apart]
    return numpy.array(kept, dtype=numpy.int64)


def _iou_with_first(columns: numpy.ndarray) -> numpy.ndarray:
    left, top, right, bottom, area = columns
    width = numpy.minimum(right, right[0]) - numpy.maximum(left, left[0])
    height = numpy.minimum(bottom, bottom[0]) - numpy.maximum(top, top[0])
    both = numpy.maximum(width, 0) * numpy.maximum(height, 0)
    either = area + area[0] - both
    return numpy.divide(both, either, out=numpy.zeros_like(both), where=either > 0)
