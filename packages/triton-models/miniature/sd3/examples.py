"""Examples of painting: a picture, what of it is to be painted, the words for that, and how it then should look."""

from dataclasses import dataclass, replace

import numpy

from ..blockworld import SHAPES, Thing, random_tilt
from ..training import TrainingScenes
from .holes import box_around, grown, silhouette
from .pairs import SIDE, Pairs
from .prompts import random_prompt

_REPLACING, _INSERTING, _REPAINTING, _REMOVING = 0.40, 0.15, 0.20, 0.17
_BOXES = 0.15
_WIDE = 0.2
# Pixels by which holes are grown: of first and of second attempts.
_GROW, _GROW_WIDE = (2.0, 5.0), (5.0, 12.0)
_PLACES = 8


@dataclass(frozen=True)
class Example:
    """before, after: [h, w, 3] uint8, equal outside the hole. hole: [h, w] bool. prompt: for what is to be there."""

    before: numpy.ndarray
    after: numpy.ndarray
    hole: numpy.ndarray
    prompt: str


class Examples:
    """Draws examples of all kinds from scenes and what could have happened to them."""

    def __init__(self, scenes: TrainingScenes, pairs: Pairs):
        self._scenes, self._pairs = scenes, pairs

    def draw(self, generator: numpy.random.Generator) -> Example:
        index = int(generator.integers(len(self._pairs)))
        kind = generator.random()
        if kind < _REPLACING:
            return self._edit(generator, index, self._pairs.others[index])
        if kind < _REPLACING + _INSERTING:
            return self._edit(generator, index, self._pairs.others[index], emptied=True)
        if kind < _REPLACING + _INSERTING + _REPAINTING:
            return self._repaint(generator, index)
        if kind < _REPLACING + _INSERTING + _REPAINTING + _REMOVING:
            return self._edit(generator, index, None)
        return self._ground(generator, index)

    def _edit(
        self, generator: numpy.random.Generator, index: int, other: Thing | None, emptied: bool = False
    ) -> Example:
        """
        The hole of the thing itself with another one in it, or with none. What is outside stays, the old shadow too;
        emptied: outside, too, there is no trace of the old thing.
        """
        before, masks = self._picture(index)
        x, y = self._pairs.corners[index]
        place = slice(y, y + SIDE), slice(x, x + SIDE)
        if emptied:
            before = before.copy()
            before[place] = self._pairs.without[index]
        hole = _random_hole(generator, masks[self._pairs.things[index]])
        inside = numpy.zeros_like(hole)
        inside[place] = hole[place]
        after = before.copy()
        changed = self._pairs.without if other is None else self._pairs.replaced
        after[place][inside[place]] = changed[index][inside[place]]
        return Example(before, after, inside, random_prompt(generator, other))

    def _repaint(self, generator: numpy.random.Generator, index: int) -> Example:
        """A thing that is there, in a hole of another shape that holds it."""
        picture, masks = self._picture(index)
        number = int(generator.integers(len(masks)))
        thing = self._scenes[index].things[number]
        height, width = picture.shape[:2]
        shape = SHAPES[generator.integers(len(SHAPES))]
        x, y = (middle + generator.uniform(-3, 3) for middle in (thing.x, thing.y))
        radius = thing.radius * generator.uniform(1, 1.3)
        outline = replace(thing, shape=shape, x=x, y=y, radius=radius, tilt=random_tilt(generator, shape))
        hole = _random_hole(generator, masks[number] | silhouette(outline, width, height))
        return Example(picture, picture, hole, random_prompt(generator, thing))

    def _ground(self, generator: numpy.random.Generator, index: int) -> Example:
        """A hole where nothing but ground is; where there is no room for one, a removal."""
        picture, masks = self._picture(index)
        height, width = picture.shape[:2]
        taken = masks.any(axis=0)
        thing = self._pairs.others[index]
        for _ in range(_PLACES):
            x, y = (generator.uniform(thing.radius, side - thing.radius) for side in (width, height))
            hole = _random_hole(generator, silhouette(replace(thing, x=x, y=y), width, height))
            if not (hole & taken).any():
                return Example(picture, picture, hole, random_prompt(generator, None))
        return self._edit(generator, index, None)

    def _picture(self, index: int) -> tuple[numpy.ndarray, numpy.ndarray]:
        width, height = self._scenes.sizes[index]
        return self._scenes.pixels[index, :height, :width], self._scenes.masks(index)[:, :height, :width]


def _random_hole(generator: numpy.random.Generator, selected: numpy.ndarray) -> numpy.ndarray:
    if generator.random() < _BOXES:
        return box_around(selected, int(generator.integers(1, 8)))
    return grown(selected, generator.uniform(*(_GROW_WIDE if generator.random() < _WIDE else _GROW)))
