"""Paints coloured shapes from words, with seeded noise."""

from dataclasses import dataclass

import numpy

from .look import BadInputError, decode_picture
from .vocabulary import COLOURS, read_words

_BACKGROUND = (200, 200, 200)


@dataclass(frozen=True)
class Painting:
    """What to paint. `image` [height, width, 3] and `mask` [height, width] bool are None for text to image."""

    prompt: str
    negative_prompt: str
    width: int
    height: int
    image: numpy.ndarray | None
    mask: numpy.ndarray | None
    guidance: float
    strength: float
    seed: int


def read_image_and_mask(image: bytes | None, mask: bytes | None, width: int, height: int):
    """Both decoded, or both None. White (128 and more) is where to paint."""
    if (image is None) != (mask is None):
        raise BadInputError("IMAGE and MASK belong together: give both or neither.")
    if image is None or mask is None:
        return None, None
    pixels, selected = decode_picture(image), decode_picture(mask, "MASK")[..., 0] >= 128
    for name, array in (("IMAGE", pixels), ("MASK", selected)):
        if array.shape[:2] != (height, width):
            raise BadInputError(f"{name} measures {array.shape[1]} x {array.shape[0]}, not WIDTH x HEIGHT.")
    return pixels, selected


def paint(work: Painting) -> numpy.ndarray:
    """The finished picture [height, width, 3] uint8. Like a VAE, it disturbs a little what lies outside the mask."""
    random = numpy.random.default_rng(work.seed)
    base, mask = _canvas(work)
    around = _surroundings(base, mask)
    words = read_words(work.prompt)
    avoided = read_words(work.negative_prompt)
    colour = around if words.colour in (None, avoided.colour) else numpy.array(COLOURS[words.colour][0])
    painted = numpy.where(mask[..., None], around, base)
    painted[_shape(mask, words.shape)] = colour
    noise = random.normal(0, 24 / (1 + work.guidance), painted.shape)
    blended = base + (painted + noise - base) * (work.strength * mask[..., None])
    disturbed = blended + random.integers(-2, 3, base.shape) * ~mask[..., None]
    return numpy.clip(numpy.rint(disturbed), 0, 255).astype(numpy.uint8)


def _canvas(work: Painting) -> tuple[numpy.ndarray, numpy.ndarray]:
    if work.image is not None and work.mask is not None:
        return work.image.astype(numpy.float32), work.mask
    base = numpy.full((work.height, work.width, 3), _BACKGROUND, dtype=numpy.float32)
    mask = numpy.zeros((work.height, work.width), dtype=bool)
    side = min(work.width, work.height) // 2
    top, left = (work.height - side) // 2, (work.width - side) // 2
    mask[top : top + side, left : left + side] = True
    return base, mask


def _surroundings(base: numpy.ndarray, mask: numpy.ndarray) -> numpy.ndarray:
    outside = base[~mask]
    return numpy.median(outside, axis=0) if len(outside) else numpy.array(_BACKGROUND, dtype=numpy.float32)


def _shape(mask: numpy.ndarray, shape: str | None) -> numpy.ndarray:
    """Where the named shape lies: as large as the mask's bounds allow, and only inside the mask."""
    if shape is None or not mask.any():
        return mask
    rows, columns = numpy.flatnonzero(mask.any(axis=1)), numpy.flatnonzero(mask.any(axis=0))
    y, x = numpy.ogrid[: mask.shape[0], : mask.shape[1]]
    # -1..1 from edge to edge of the bounds
    across = (x - (columns[0] + columns[-1]) / 2) / max(1, (columns[-1] - columns[0]) / 2)
    down = (y - (rows[0] + rows[-1]) / 2) / max(1, (rows[-1] - rows[0]) / 2)
    inside = {
        "circle": across**2 + down**2 <= 0.85,
        "triangle": (abs(across) <= 0.45 * (down + 0.9)) & (down <= 0.9),
    }.get(shape, (abs(across) <= 0.85) & (abs(down) <= 0.85))
    return mask & inside
