"""
Average precision as in Pascal VOC since 2010: detections of all pictures together, best first, the area under precision
made monotonous, at every point.
"""

from dataclasses import dataclass, field

import numpy


@dataclass
class Tally:
    """Of one phrase class. scores, hits: of each detection. things: how many there were to find."""

    scores: list[float] = field(default_factory=list)
    hits: list[bool] = field(default_factory=list)
    things: int = 0

    def add(self, boxes: numpy.ndarray, scores: numpy.ndarray, truth: numpy.ndarray, least_iou: float = 0.5) -> None:
        """
        One picture. boxes: [n, 4], scores: [n], truth: [m, 4]; boxes are xyxy. Best first, each detection takes the
        thing that it overlaps most, unless a better one has it already: then it is a false one.
        """
        self.things += len(truth)
        taken = numpy.zeros(len(truth), bool)
        overlaps = iou(boxes, truth)
        for index in numpy.argsort(-scores, kind="stable"):
            best = overlaps[index].argmax() if len(truth) else -1
            hit = best >= 0 and overlaps[index, best] >= least_iou and not taken[best]
            if hit:
                taken[best] = True
            self.scores.append(float(scores[index]))
            self.hits.append(bool(hit))

    def average_precision(self) -> float:
        if not self.hits:
            return 0.0
        hits = numpy.array(self.hits)[numpy.argsort(-numpy.array(self.scores), kind="stable")]
        found = hits.cumsum()
        precision = found / numpy.arange(1, len(hits) + 1)
        best_from_here = numpy.maximum.accumulate(precision[::-1])[::-1]
        return float(best_from_here[hits].sum() / self.things)


def iou(boxes: numpy.ndarray, others: numpy.ndarray) -> numpy.ndarray:
    """[n, m] of boxes [n, 4] and others [m, 4], xyxy."""
    low = numpy.maximum(boxes[:, None, :2], others[None, :, :2])
    high = numpy.minimum(boxes[:, None, 2:], others[None, :, 2:])
    common = (high - low).clip(min=0).prod(-1)
    areas, other_areas = ((each[:, 2:] - each[:, :2]).prod(-1) for each in (boxes, others))
    return common / (areas[:, None] + other_areas[None] - common)
