"""The masks that a painter gets: what was selected, grown and feathered as the SDK does it, as whole pixels."""

import numpy
from PIL import Image, ImageFilter

from ..blockworld import Thing
from ..blockworld.outline import visible_masks

# A blurred straight edge falls to 10 % at 1.28 sigma.
_OUTWARDS, _LEVEL = 1.28, 26


def grown(mask: numpy.ndarray, grow: float, feather: float = 2.0) -> numpy.ndarray:
    """
    bool [h, w]: every pixel to which the SDK gives weight after rounding a selection (bool [h, w]) off, growing it by
    `grow` pixels and feathering it over `feather` pixels. Follows packages/sdk/src/capabilities/shared/alpha.ts.
    """
    rounded = _blurred(mask * numpy.uint8(255), 1.0) >= 128
    hard = (rounded if rounded.any() else mask) * numpy.uint8(255)
    wide = hard | ((_blurred(hard, grow / _OUTWARDS) >= _LEVEL) * numpy.uint8(255))
    return (wide > 0) | (_blurred(wide, feather / 2) > 0)


def box_around(mask: numpy.ndarray, margin: int) -> numpy.ndarray:
    """bool [h, w]: the box of a mask with so many pixels around it."""
    rows, columns = numpy.flatnonzero(mask.any(axis=1)), numpy.flatnonzero(mask.any(axis=0))
    box = numpy.zeros_like(mask)
    top, left = max(0, rows[0] - margin), max(0, columns[0] - margin)
    box[top : rows[-1] + 1 + margin, left : columns[-1] + 1 + margin] = True
    return box


def silhouette(thing: Thing, width: int, height: int) -> numpy.ndarray:
    """bool [height, width] of a thing that nothing hides."""
    return visible_masks([thing], width, height)[0]


def _blurred(plane: numpy.ndarray, sigma: float) -> numpy.ndarray:
    return numpy.asarray(Image.fromarray(plane).filter(ImageFilter.GaussianBlur(sigma)))
