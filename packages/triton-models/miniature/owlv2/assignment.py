"""Which patch has to find which thing."""

import numpy

from .model import GRID, PATCH

# Of the bell around a thing's centre, in patches: within it, a patch that finds the thing as well is no great mistake.
_SIGMA = 0.5


def assign(boxes: numpy.ndarray, there: numpy.ndarray, cover: numpy.ndarray):
    """
    boxes: [n, things, 4] xyxy in pixels. there: [n, things] bool. cover: [n, 16, 16], -1 where there is only ground.
    Gives, for all patches, row by row: centres [n, things], the patch that is to find each thing, owners [n, 256] and
    weights [n, 256] as in a `Batch`. The centre of a thing is the
    patch under the middle of its box; of two with the same one, the thing in front keeps it and the other takes the
    nearest that is free and is on it.
    """
    centres = numpy.full(there.shape, -1)
    owners, weights = cover.copy(), numpy.ones(cover.shape, numpy.float32)
    for picture, thing in zip(*numpy.nonzero(there), strict=True):
        weights[picture] = numpy.minimum(weights[picture], 1 - _bell(boxes[picture, thing]))
    for picture in range(len(boxes)):
        for thing in numpy.flatnonzero(there[picture])[::-1]:
            distances = _distances(boxes[picture, thing])
            first = distances.argmin()
            if first in centres[picture]:
                distances[numpy.setdiff1d(centres[picture], -1)] = numpy.inf
                distances[cover[picture].ravel() != thing] += GRID
                first = distances.argmin()
            centres[picture, thing] = first
            owners[picture].ravel()[first] = thing
    return centres, owners.reshape(len(boxes), -1), weights.reshape(len(boxes), -1) ** 4


def _distances(box: numpy.ndarray) -> numpy.ndarray:
    """[256] of the middle of the box from the patches' middles, in patches."""
    x, y = (box[:2] + box[2:]) / (2 * PATCH)
    middles = numpy.arange(GRID) + 0.5
    return numpy.hypot(middles[None] - x, middles[:, None] - y).ravel()


def _bell(box: numpy.ndarray) -> numpy.ndarray:
    """[16, 16], 1 in the middle of the box."""
    return numpy.exp(-(_distances(box).reshape(GRID, GRID) ** 2) / (2 * _SIGMA**2))
