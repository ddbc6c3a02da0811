"""What is known of a scene, as numbers."""

import numpy

from ..blockworld import COLOURS, GROUNDS, SHAPES, SIZES, Scene
from .model import PATCH, SIDE

_GRID = SIDE // PATCH
# Classes of shape, colour and size; one more of each for patches on which there is no thing.
CLASSES = (len(SHAPES), len(COLOURS), len(SIZES))
CONTENTS = len(SHAPES) * len(COLOURS) + len(SHAPES) + len(COLOURS) + len(SIZES) + len(GROUNDS)
_LEAST_SHARE = 0.25


def attributes_of(scene: Scene) -> numpy.ndarray:
    """[things, 3] int64: shape, colour and size."""
    return numpy.array(
        [(SHAPES.index(thing.shape), COLOURS.index(thing.colour), SIZES.index(thing.size)) for thing in scene.things]
    )


def contents_of(scene: Scene) -> numpy.ndarray:
    """[CONTENTS] float32: how many there are of each pair of shape and colour, shape, colour and size; the ground."""
    counts = numpy.zeros((len(SHAPES), len(COLOURS), len(SIZES)), dtype=numpy.float32)
    for shape, colour, size in attributes_of(scene):
        counts[shape, colour, size] += 1
    ground = numpy.arange(len(GROUNDS)) == GROUNDS.index(scene.ground)
    sums = (counts.sum(2).ravel(), counts.sum((1, 2)), counts.sum((0, 2)), counts.sum((0, 1)))
    return numpy.concatenate([*sums, ground.astype(numpy.float32)])


def patches_of(scene: Scene, masks: numpy.ndarray) -> numpy.ndarray:
    """
    masks: [things, side, side] bool, the picture at the top left. [64, 3] int64 row by row: shape, colour and size of
    the thing that covers most of each patch of the stretched picture, the last class of each where none covers much.
    """
    inside = masks[:, : scene.height, : scene.width]
    rows, columns = scene.height // _GRID, scene.width // _GRID
    shares = inside.reshape(len(masks), _GRID, rows, _GRID, columns).mean((2, 4)).reshape(len(masks), -1)
    owners = shares.argmax(axis=0)
    return numpy.where((shares.max(axis=0) > _LEAST_SHARE)[:, None], attributes_of(scene)[owners], CLASSES)
