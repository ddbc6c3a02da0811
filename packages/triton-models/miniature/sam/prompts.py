"""Prompts of training: boxes, exact and as a detector gives them, and points."""

from dataclasses import dataclass

import numpy
import torch

BESIDE, ON_THE_THING = 0, 1


@dataclass(frozen=True)
class PromptGroup:
    """
    Prompts of one shape, `count` for each of the pictures of a batch; in pixels, (0, 0) the picture's top left corner.

    points: [pictures, count, points, 2] float32 (x, y), or None.
    labels: [pictures, count, points] int64, or None.
    boxes: [pictures, count, 4] float32 xyxy, or None.
    things: [pictures, count] int64, the index of the thing that is meant.
    """

    points: torch.Tensor | None
    labels: torch.Tensor | None
    boxes: torch.Tensor | None
    things: torch.Tensor

    def to(self, device: str) -> "PromptGroup":
        parts = (self.points, self.labels, self.boxes, self.things)
        return PromptGroup(*(None if part is None else part.to(device) for part in parts))

    @property
    def ambiguous(self) -> bool:
        """Whether production asks for three masks: for one point alone."""
        return self.boxes is None and self.points.shape[2] == 1


def sample_group(
    masks: list[numpy.ndarray], boxes: list[numpy.ndarray], count: int, points: int, boxed: bool, generator
) -> PromptGroup:
    """
    masks: of each picture [things, height, width] bool. boxes: of each picture [things, 4].
    Each prompt has so many `points`, the first of them on the thing, and a box if it is `boxed`.
    """
    things = numpy.stack([_shuffled(len(of_picture), count, generator) for of_picture in masks])
    spots, labels, frames = [], [], []
    for of_picture, edges, meant in zip(masks, boxes, things, strict=True):
        for thing in meant:
            frames.append(_detected(edges[thing], of_picture.shape[1:], generator))
            placed = [_point(of_picture[thing], edges[thing], index, generator) for index in range(points)]
            spots.append([spot for spot, _ in placed])
            labels.append([label for _, label in placed])
    shape = things.shape
    return PromptGroup(
        torch.tensor(numpy.array(spots, numpy.float32)).view(*shape, points, 2) if points else None,
        torch.tensor(labels).view(*shape, points) if points else None,
        torch.from_numpy(numpy.stack(frames)).view(*shape, 4) if boxed else None,
        torch.from_numpy(things),
    )


def _shuffled(things: int, count: int, generator: numpy.random.Generator) -> numpy.ndarray:
    """`count` indices of things, each as often as the others."""
    rounds = [generator.permutation(things) for _ in range(-(-count // things))]
    return numpy.concatenate(rounds)[:count]


def _detected(box: numpy.ndarray, size: tuple[int, int], generator: numpy.random.Generator) -> numpy.ndarray:
    """Half of the boxes are exact, the others off by some pixels at each edge."""
    if generator.random() < 0.5:
        return box.astype(numpy.float32)
    spread = generator.uniform(0.5, 0.08 * max(box[2] - box[0], box[3] - box[1]) + 0.5)
    moved = box + generator.normal(0, spread, 4).clip(-2 * spread, 2 * spread)
    return moved.clip(0, (size[1], size[0], size[1], size[0])).astype(numpy.float32)


def _point(
    mask: numpy.ndarray, box: numpy.ndarray, index: int, generator: numpy.random.Generator
) -> tuple[tuple[float, float], int]:
    """Anywhere on the thing; each further point of a prompt is as often beside it, near its box."""
    if index == 0 or generator.random() < 0.5:
        return _one_of(mask, (0, 0), generator), ON_THE_THING
    left, top, right, bottom = (int(value) for value in box)
    left, top = max(0, left - 8), max(0, top - 8)
    return _one_of(~mask[top : bottom + 8, left : right + 8], (left, top), generator), BESIDE


def _one_of(pixels: numpy.ndarray, corner: tuple[int, int], generator) -> tuple[float, float]:
    places = numpy.flatnonzero(pixels)
    row, column = divmod(int(places[generator.integers(len(places))]), pixels.shape[1])
    x, y = generator.random(2)
    return corner[0] + column + x, corner[1] + row + y
