"""What is asked of a batch of pictures: phrases, each put to every picture, and which things they fit."""

from dataclasses import dataclass

import numpy
import torch

from ..blockworld import COLOURS, HELD_OUT, SHAPES, SIZES, Query

_FORMS = ("bare", "a", "the", "plural")
_NOUNS = ("thing", "object", "shape")
# How often a phrase names the shape, the colour and the size.
_KINDS = {
    (True, True, False): 0.46,
    (True, False, False): 0.12,
    (False, True, False): 0.10,
    (True, True, True): 0.16,
    (True, False, True): 0.08,
    (False, True, True): 0.04,
    (False, False, True): 0.03,
    (False, False, False): 0.01,
}
ATTRIBUTES = (SHAPES, COLOURS, SIZES)


@dataclass(frozen=True)
class Queries:
    """texts: n phrases. wanted: [n, 3] int64, the indices of shape, colour and size, -1 where any will do."""

    texts: list[str]
    wanted: torch.Tensor

    def matches(self, attributes: torch.Tensor) -> torch.Tensor:
        """[pictures, things, n] bool. attributes: [pictures, things, 3], -1 where there is no thing."""
        fits = (self.wanted < 0) | (self.wanted == attributes[:, :, None])
        return fits.all(-1) & (attributes[..., :1] >= 0)


def sample_queries(attributes: numpy.ndarray, count: int, generator: numpy.random.Generator) -> Queries:
    """
    `count` phrases without two of one meaning: half of them after things of the batch (attributes [things, 3]), the
    others with one of their attributes changed or all at random. Never one of the pairs of `HELD_OUT`: asking for what
    no picture shows would teach that it is never there.
    """
    kinds, shares = list(_KINDS), list(_KINDS.values())
    found: dict[tuple[int, int, int], str] = {}
    while len(found) < count:
        wanted = attributes[generator.integers(len(attributes))].copy()
        kind = numpy.array(kinds[generator.choice(len(kinds), p=shares)])
        near = generator.random()
        if near < 0.3:
            changed = generator.integers(3)
            wanted[changed] = generator.integers(len(ATTRIBUTES[changed]))
        elif near < 0.5:
            wanted = generator.integers([len(values) for values in ATTRIBUTES])
        shape, colour, size = (int(value) for value in numpy.where(kind, wanted, -1))
        if shape < 0 or colour < 0 or (COLOURS[colour], SHAPES[shape]) not in HELD_OUT:
            found.setdefault((shape, colour, size), _text(shape, colour, size, generator))
    return Queries(list(found.values()), torch.tensor(list(found)))


def _text(shape: int, colour: int, size: int, generator: numpy.random.Generator) -> str:
    names = (
        values[index] if index >= 0 else None for values, index in zip(ATTRIBUTES, (shape, colour, size), strict=True)
    )
    text = Query(*names).text(_FORMS[generator.integers(len(_FORMS))])
    return text if shape >= 0 else text.replace("thing", _NOUNS[generator.integers(len(_NOUNS))])
