"""What is known of scenes, in arrays: attributes and boxes of their things, and which thing covers which patch."""

from dataclasses import dataclass

import numpy

from ..blockworld import MOST_THINGS, Scene
from .model import GRID, PATCH
from .queries import ATTRIBUTES

# Pixels of a patch, of 64, that a thing must cover to be seen there.
_LEAST_COVER = 16


@dataclass(frozen=True)
class Truth:
    """
    attributes: [n, 6, 3] int64, indices of shape, colour and size, -1 where there is no thing.
    boxes: [n, 6, 4] float32 xyxy in pixels.
    cover: [n, 16, 16] int64, the index of the thing that covers most of the patch, -1 where none covers enough.
    widths: [n] int64, of the pictures in pixels.
    """

    attributes: numpy.ndarray
    boxes: numpy.ndarray
    cover: numpy.ndarray
    widths: numpy.ndarray


def truth_of(scenes) -> Truth:
    """scenes: `TrainingScenes`."""
    number = len(scenes)
    attributes = numpy.full((number, MOST_THINGS, 3), -1)
    boxes = numpy.zeros((number, MOST_THINGS, 4), numpy.float32)
    cover = numpy.zeros((number, GRID, GRID), int)
    for index in range(number):
        attributes[index] = _attributes(scenes[index])
        of_scene = scenes.boxes(index)
        boxes[index, : len(of_scene)] = of_scene
        cover[index] = _cover(scenes.masks(index))
    return Truth(attributes, boxes, cover, numpy.array(scenes.sizes)[:, 0].astype(int))


def mirrored(truth: Truth, index: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """(boxes, cover) of a picture whose left and right are exchanged; what lies beside the picture stays."""
    width, columns = truth.widths[index], truth.widths[index] // PATCH
    boxes, cover = truth.boxes[index].copy(), truth.cover[index].copy()
    boxes[:, [0, 2]] = width - boxes[:, [2, 0]]
    cover[:, :columns] = truth.cover[index][:, :columns][:, ::-1]
    return boxes, cover


def _attributes(scene: Scene) -> numpy.ndarray:
    """[6, 3]"""
    result = numpy.full((MOST_THINGS, 3), -1)
    for row, thing in zip(result, scene.things, strict=False):
        row[:] = [
            values.index(value)
            for values, value in zip(ATTRIBUTES, (thing.shape, thing.colour, thing.size), strict=True)
        ]
    return result


def _cover(masks: numpy.ndarray) -> numpy.ndarray:
    """[16, 16] of masks [things, 128, 128]."""
    counts = masks.reshape(len(masks), GRID, PATCH, GRID, PATCH).sum((2, 4))
    return numpy.where(counts.max(axis=0) >= _LEAST_COVER, counts.argmax(axis=0), -1)
