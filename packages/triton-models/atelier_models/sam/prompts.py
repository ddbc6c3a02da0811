"""The prompts of one request: points and boxes that lead to one mask each."""

from dataclasses import dataclass, replace

import numpy

from ..errors import BadInputError
from ..inputs import Inputs
from ..settings import SamSettings

BESIDE, ON_THE_THING, TOP_LEFT, BOTTOM_RIGHT = 0, 1, 2, 3


@dataclass(frozen=True)
class Prompt:
    """
    What leads to one mask, in pixels of the picture, (0, 0) the top left corner of the top left pixel.

    points: [n, 2] float32 (x, y), n may be 0.
    labels: [n] int64, 1 on the thing, 0 beside it.
    box: [4] float32 (left, top, right, bottom), or None.
    """

    points: numpy.ndarray
    labels: numpy.ndarray
    box: numpy.ndarray | None

    @property
    def shape(self) -> tuple[int, bool]:
        """Number of points, and whether there is a box. Prompts of one shape can share a pass of the decoder."""
        return len(self.points), self.box is not None


def read_prompts(inputs: Inputs, settings: SamSettings) -> list[Prompt]:
    """
    The prompts in the order of the masks: those made of points by their number, then one for each row of BOXES.
    Whether they lie within the picture is seen when its size is known (`within`). Raises `BadInputError`.
    """
    points, boxes = inputs.rows("POINTS", 2), inputs.rows("BOXES", 4)
    labels, numbers = inputs.integers("POINT_LABELS"), inputs.integers("POINT_PROMPT")
    _check_points(points, labels, numbers, settings.most_points)
    count = int(numbers.max()) + 1 if len(numbers) else 0
    if not 1 <= count + len(boxes) <= settings.most_prompts:
        raise BadInputError(
            f"There must be from 1 to {settings.most_prompts} prompts in POINTS and BOXES, not {count + len(boxes)}."
        )
    if count != len(numpy.unique(numbers)):
        raise BadInputError("POINT_PROMPT must number the prompts from 0 without a gap.")
    pointed = [_pointed(points[numbers == number], labels[numbers == number], number) for number in range(count)]
    return pointed + [_boxed(box, f"The box {index} of BOXES") for index, box in enumerate(boxes)]


def within(prompt: Prompt, width: int, height: int) -> Prompt:
    """
    The prompt with its box cut off at the edges of the picture: detectors give boxes that reach beyond them.
    A point or a whole box outside leads to nothing: `BadInputError`.
    """
    for x, y in prompt.points.tolist():
        if not (0 <= x <= width and 0 <= y <= height):
            raise BadInputError(f"The point ({x:g}, {y:g}) is outside the picture of {width} x {height}.")
    if prompt.box is None:
        return prompt
    box = prompt.box.clip(0, numpy.array([width, height, width, height], dtype=numpy.float32))
    if not (box[2:] > box[:2]).all():
        raise BadInputError(f"The box {_words(prompt.box)} is outside the picture of {width} x {height}.")
    return replace(prompt, box=box)


def _check_points(points: numpy.ndarray, labels: numpy.ndarray, numbers: numpy.ndarray, most: int) -> None:
    if not len(points) == len(labels) == len(numbers):
        raise BadInputError(
            "POINTS, POINT_LABELS and POINT_PROMPT must have an element for each point, "
            f"but have {len(points)}, {len(labels)} and {len(numbers)}."
        )
    if len(points) > most:
        raise BadInputError(f"POINTS must have at most {most} points, not {len(points)}.")
    if len(numbers) and numbers.min() < 0:
        raise BadInputError(f"POINT_PROMPT numbers the prompts from 0; {numbers.min()} is below.")
    if not numpy.isin(labels, (BESIDE, ON_THE_THING, TOP_LEFT, BOTTOM_RIGHT)).all():
        raise BadInputError("POINT_LABELS must be 1 (on the thing), 0 (beside it), 2 or 3 (corners of a box).")


def _pointed(points: numpy.ndarray, labels: numpy.ndarray, number: int) -> Prompt:
    spots = labels <= ON_THE_THING
    prompt = Prompt(points[spots], labels[spots], None)
    top_left, bottom_right = points[labels == TOP_LEFT], points[labels == BOTTOM_RIGHT]
    if len(top_left) == len(bottom_right) == 1:
        box = _boxed(numpy.concatenate([top_left[0], bottom_right[0]]), f"The box of prompt {number}").box
        return replace(prompt, box=box)
    if len(top_left) or len(bottom_right):
        raise BadInputError(f"Prompt {number} must have one point with label 2 and one with label 3, or neither.")
    if not (prompt.labels == ON_THE_THING).any():
        raise BadInputError(f"Prompt {number} has neither a point on the thing nor a box.")
    return prompt


def _boxed(box: numpy.ndarray, name: str) -> Prompt:
    if not (box[2:] > box[:2]).all():
        raise BadInputError(f"{name}, {_words(box)}, has no area; boxes are left, top, right, bottom.")
    return Prompt(numpy.zeros((0, 2), dtype=numpy.float32), numpy.zeros(0, dtype=numpy.int64), box)


def _words(box: numpy.ndarray) -> str:
    return "(" + ", ".join(f"{value:g}" for value in box.tolist()) + ")"
