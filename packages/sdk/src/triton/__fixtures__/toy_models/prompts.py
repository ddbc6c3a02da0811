"""The prompts of the sam contract, and regions flooded from them."""

from dataclasses import dataclass

import numpy

from .look import BadInputError, background_of, classify
from .regions import Region, find_regions

# Euclidean distance in RGB within which a pixel belongs to the colour flooded from.
_SAME_COLOUR = 60


@dataclass(frozen=True)
class Prompt:
    """Points as (x, y, is positive) and/or a box xyxy, in pixels of the picture."""

    points: tuple[tuple[float, float, bool], ...]
    box: tuple[float, float, float, float] | None


def read_prompts(points, labels, numbers, boxes) -> list[Prompt]:
    """In the order of the masks: prompts made of points by their number, then the boxes."""
    if not len(points) == len(labels) == len(numbers):
        raise BadInputError("POINTS, POINT_LABELS and POINT_PROMPT must have the same length.")
    count = int(numbers.max()) + 1 if len(numbers) else 0
    if sorted(set(numbers.tolist())) != list(range(count)):
        raise BadInputError("POINT_PROMPT must number the prompts from 0 without a gap.")
    if not (numpy.isfinite(points).all() and numpy.isfinite(boxes).all()):
        raise BadInputError("POINTS and BOXES must be finite.")
    prompts = [_point_prompt(points[numbers == number], labels[numbers == number]) for number in range(count)]
    prompts += [Prompt((), _box(*box)) for box in boxes.tolist()]
    if not prompts:
        raise BadInputError("There is no prompt: give POINTS or BOXES.")
    return prompts


def _point_prompt(points, labels) -> Prompt:
    if not set(labels.tolist()) <= {0, 1, 2, 3}:
        raise BadInputError("POINT_LABELS must be 1 (on the thing), 0 (beside it), 2 or 3 (corners of a box).")
    corners = [points[labels == corner].tolist() for corner in (2, 3)]
    if [len(corner) for corner in corners] not in ([0, 0], [1, 1]):
        raise BadInputError("A prompt's box needs exactly one point with label 2 and one with label 3.")
    box = _box(*corners[0][0], *corners[1][0]) if corners[0] else None
    spots = tuple(
        (x, y, label == 1) for (x, y), label in zip(points.tolist(), labels.tolist(), strict=True) if label < 2
    )
    if box is None and not any(positive for _, _, positive in spots):
        raise BadInputError("A prompt needs a point on the thing or a box.")
    return Prompt(spots, box)


def _box(left, top, right, bottom):
    if not (right > left and bottom > top):
        raise BadInputError(f"The box ({left:g}, {top:g}, {right:g}, {bottom:g}) has no area; boxes are xyxy.")
    return (left, top, right, bottom)


def flood(pixels: numpy.ndarray, prompt: Prompt) -> tuple[numpy.ndarray, float]:
    """The mask [height, width] bool that the prompt leads to and how well it fits, 0..1. Empty where nothing is."""
    height, width = pixels.shape[:2]
    mask = numpy.zeros((height, width), dtype=bool)
    if prompt.box is not None:
        mask |= _in_box(pixels, prompt.box)
    for positive in (True, False):
        for x, y, is_positive in prompt.points:
            region = _under(pixels, x, y) if is_positive == positive else None
            if region is not None:
                spot = region.mask(height, width)
                mask = mask | spot if positive else mask & ~spot
    regions = find_regions(mask, min_area=1)
    # One compact region is a clear thing; each further one makes it less so.
    return mask, (0.9 + 0.1 * regions[0].fill) / len(regions) if regions else 0.0


def _under(pixels: numpy.ndarray, x: float, y: float) -> Region | None:
    height, width = pixels.shape[:2]
    column, row = min(width - 1, max(0, int(x))), min(height - 1, max(0, int(y)))
    near = numpy.linalg.norm(pixels.astype(numpy.float32) - pixels[row, column], axis=2) < _SAME_COLOUR
    return next((region for region in find_regions(near, min_area=1) if region.contains(column, row)), None)


def _in_box(pixels: numpy.ndarray, box: tuple[float, float, float, float]) -> numpy.ndarray:
    """The largest region inside the box that has not the colour of the picture's rim."""
    height, width = pixels.shape[:2]
    left, top = max(0, int(box[0])), max(0, int(box[1]))
    right, bottom = min(width, int(numpy.ceil(box[2]))), min(height, int(numpy.ceil(box[3])))
    mask = numpy.zeros((height, width), dtype=bool)
    if right <= left or bottom <= top:
        return mask
    classes = classify(pixels)
    inside = classes[top:bottom, left:right]
    others = [index for index in numpy.unique(inside).tolist() if index != background_of(classes)]
    regions = [region for index in others for region in find_regions(inside == index, min_area=4)]
    if regions:
        largest = max(regions, key=lambda region: region.area)
        mask[top:bottom, left:right] = largest.mask(bottom - top, right - left)
    return mask
