"""Reads pictures and finds coloured shapes in them."""

import io
from dataclasses import dataclass
from functools import cache

import numpy
from PIL import Image

from .regions import Region, find_regions
from .vocabulary import COLOUR_NAMES, COLOURS, SHAPES, Phrase

# Euclidean distance in RGB beyond which a pixel has none of the colours.
_FARTHEST = 110


class BadInputError(Exception):
    """What was wrong with a request, in one sentence. Becomes INVALID_ARG."""


@dataclass(frozen=True)
class Seen:
    """A region that fits a phrase. `score` is 0..1; `box` is xyxy in pixels."""

    region: Region
    colour: str
    shape: str
    score: float


def decode_picture(data: bytes, name: str = "IMAGE") -> numpy.ndarray:
    """Pixels [height, width, 3] uint8 of an encoded picture."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return numpy.asarray(picture.convert("RGB"))
    except Exception:
        raise BadInputError(f"{name} is not a picture that can be decoded ({len(data)} bytes).") from None


def encode_png(pixels: numpy.ndarray) -> bytes:
    """PNG of [height, width] or [height, width, 3] uint8. Level 1: pictures with noise take ten times as long at 6."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def classify(pixels: numpy.ndarray) -> numpy.ndarray:
    """Index into COLOUR_NAMES of each pixel's colour, 255 for none. [height, width] uint8."""
    red, green, blue = (pixels[..., channel].astype(numpy.uint16) >> 3 for channel in range(3))
    return _table()[(red << 10) | (green << 5) | blue]


@cache
def _table() -> numpy.ndarray:
    """The nearest colour for each of 32^3 cells of RGB."""
    centres = numpy.arange(32) * 8 + 4
    cells = numpy.stack(numpy.meshgrid(centres, centres, centres, indexing="ij"), axis=-1).reshape(-1, 3)
    nearest = numpy.full(len(cells), 255, dtype=numpy.uint8)
    closest = numpy.full(len(cells), float(_FARTHEST))
    for index, name in enumerate(COLOUR_NAMES):
        for sample in COLOURS[name]:
            distance = numpy.linalg.norm(cells - numpy.array(sample), axis=1)
            nearer = distance < closest
            nearest[nearer], closest[nearer] = index, distance[nearer]
    return nearest


def background_of(classes: numpy.ndarray) -> int:
    """The colour that most of the picture's rim has."""
    rim = numpy.concatenate([classes[0], classes[-1], classes[:, 0], classes[:, -1]])
    return int(numpy.bincount(rim, minlength=256).argmax())


def find_shapes(pixels: numpy.ndarray, phrase: Phrase) -> list[Seen]:
    """Every region that fits the phrase, best first. Regions of the wrong shape score near 0."""
    classes = classify(pixels)
    background = background_of(classes)
    seen = []
    for index, colour in enumerate(COLOUR_NAMES):
        wanted = phrase.colour == colour if phrase.colour else index != background
        if wanted:
            found = find_regions(classes == index)
            seen += [Seen(region, colour, shape_of(region), _score(region, phrase.shape)) for region in found]
    return sorted((one for one in seen if one.score > 0), key=lambda one: -one.score)


def shape_of(region: Region) -> str:
    if abs(region.fill - SHAPES["square"]) < 0.1:
        return "square" if _aspect(region) > 0.85 else "rectangle"
    return min(("circle", "triangle"), key=lambda shape: abs(region.fill - SHAPES[shape]))


def _score(region: Region, shape: str | None) -> float:
    """Purity: how much of its box it fills or, where a shape is named, how nearly as much as the shape would."""
    if shape is None:
        return 0.95 * region.fill
    fit = max(0.0, 1 - 5 * abs(region.fill - SHAPES[shape]))
    return 0.95 * fit * (_aspect(region) if shape in ("square", "circle") else 1.0)


def _aspect(region: Region) -> float:
    left, top, right, bottom = region.box
    width, height = right - left, bottom - top
    return min(width, height) / max(width, height)
