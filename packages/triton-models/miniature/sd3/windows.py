"""What a painter sees of examples: windows of one size, as large as pictures arrive."""

from dataclasses import dataclass

import numpy
import torch
from PIL import Image

from .autoencoder import FACTOR
from .examples import Example

_PATCH = 2 * FACTOR
# Small pictures and cut out surroundings are enlarged until their longest side is the painter's.
_MOST_ENLARGED = 1.45


@dataclass(frozen=True)
class Windows:
    """
    before, after: [n, 3, h, w] in -1..1. holes: [n, 1, h, w], 1 where to paint. prompts: n texts. places: [n, 2] int,
    how many patches the window is below and to the right of its picture's corner. patches: [n, 2] int, the height and
    width of that picture.
    """

    before: torch.Tensor
    after: torch.Tensor
    holes: torch.Tensor
    prompts: list[str]
    places: torch.Tensor
    patches: torch.Tensor


def windows(
    examples: list[Example], generator: numpy.random.Generator, size: tuple[int, int], reach: float = 1.0
) -> Windows:
    """size: (width, height) in pixels. reach: how far the hole may lie from the middle, 0..1 of what has room."""
    cut = [_cut(example, generator, size, reach) for example in examples]
    before, after, holes, places, patches = zip(*cut, strict=True)
    return Windows(
        before=_pixels(before),
        after=_pixels(after),
        holes=torch.from_numpy(numpy.stack(holes))[:, None].float(),
        prompts=[example.prompt for example in examples],
        places=torch.tensor(places),
        patches=torch.tensor(patches),
    )


def _cut(example: Example, generator: numpy.random.Generator, size: tuple[int, int], reach: float):
    height, width = example.hole.shape
    rows, columns = numpy.flatnonzero(example.hole.any(axis=1)), numpy.flatnonzero(example.hole.any(axis=0))
    spans = (columns[0], columns[-1] + 1), (rows[0], rows[-1] + 1)
    least = max(1.0, size[0] / width, size[1] / height)
    # No larger than lets the hole be seen whole.
    most = min(wanted / (last - first + 6) for wanted, (first, last) in zip(size, spans, strict=True))
    scale = generator.uniform(least, max(least, min(most, _MOST_ENLARGED)))
    box = []
    for wanted, side, span in zip(size, (width, height), spans, strict=True):
        box.append(_start(generator, wanted / scale, side, span, reach))
    left, top = box
    source = (left, top, left + size[0] / scale, top + size[1] / scale)
    before, after = (
        numpy.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BICUBIC, box=source))
        for picture in (example.before, example.after)
    )
    plane = Image.fromarray(example.hole * numpy.uint8(255)).resize(size, Image.Resampling.BILINEAR, box=source)
    hole = numpy.asarray(plane) >= 128
    patches = [
        max(wanted // _PATCH, round(side * scale / _PATCH)) for wanted, side in zip(size, (width, height), strict=True)
    ]
    place = [
        min(round(start * scale / _PATCH), whole - wanted // _PATCH)
        for start, whole, wanted in zip((left, top), patches, size, strict=True)
    ]
    return before, after, hole, place[::-1], patches[::-1]


def _start(generator: numpy.random.Generator, length: float, side: int, span: tuple[int, int], reach: float) -> float:
    """Where a window begins so that it lies in the picture and, if it can, holds the span."""
    middle = (span[0] + span[1] - length) / 2
    room = max(0.0, (length - (span[1] - span[0])) / 2) * reach
    return float(numpy.clip(middle + generator.uniform(-room, room), 0, max(0.0, side - length)))


def _pixels(pictures: tuple[numpy.ndarray, ...]) -> torch.Tensor:
    return torch.from_numpy(numpy.stack(pictures)).permute(0, 3, 1, 2).float() / 127.5 - 1
