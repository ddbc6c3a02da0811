"""Says what was painted by comparing it with what could have been: things of all kinds drawn into the empty hole."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy

from ..blockworld import COLOUR_VALUES, COLOURS, SHAPES, Scene, Thing, render
from ..blockworld.outline import coverage, window_of
from ..blockworld.shading import shade
from .edits import PaintedEdit

# Of the radius of the thing that was there, as what is painted has to fit its hole; and pixels beside its place.
_RADII = (1.0, 0.85, 0.7, 0.55)
_SHIFTS = (-3, 0, 3)
# Mean difference in 1/255 below which nothing but ground is there.
_EMPTY = 12.0


@dataclass(frozen=True)
class Verdict:
    """shape, colour: of the nearest drawing; None where nothing is there. difference: from the empty hole, in 1/255."""

    shape: str | None
    colour: str | None
    difference: float


def judge(painted: PaintedEdit, after: numpy.ndarray) -> Verdict:
    """after: [h, w, 3] uint8, the whole picture after the edit."""
    scene, hole = painted.scene, painted.hole
    old = scene.things[painted.edit.thing]
    empty = render(scene.without(painted.edit.thing)).pixels.astype(numpy.float32)
    seen = after.astype(numpy.float32)
    difference = float(numpy.abs(seen - empty)[hole].mean())
    if difference < _EMPTY:
        return Verdict(None, None, difference)
    nearest = min((_error(scene, hole, seen, empty, thing), thing.pair) for thing in _candidates(old))
    colour, shape = nearest[1]
    return Verdict(shape, colour, difference)


def _candidates(old: Thing) -> Iterator[Thing]:
    plain = replace(old, tilt=0.0, tint=(1.0, 1.0, 1.0))
    for shape, part, dx, dy, colour in product(SHAPES, _RADII, _SHIFTS, _SHIFTS, COLOURS):
        yield replace(plain, shape=shape, colour=colour, radius=old.radius * part, x=old.x + dx, y=old.y + dy)


def _error(scene: Scene, hole: numpy.ndarray, seen: numpy.ndarray, empty: numpy.ndarray, thing: Thing) -> float:
    """Mean square difference within the hole from the thing, drawn without its shadow."""
    window = window_of(thing, scene.width, scene.height)
    place = window.rows, window.columns
    share = coverage(thing, window)[..., None]
    brightness, highlight = shade(thing.shape, window.u, window.v)
    colour = numpy.array(COLOUR_VALUES[thing.colour])
    surface = brightness[..., None] * colour + highlight[..., None] * (1 - colour)
    drawn = empty[place] * (1 - share) + share * numpy.clip(surface * scene.light, 0, 1) * 255
    inside = hole[place]
    everywhere = numpy.square(seen - empty)[hole].sum()
    here = numpy.square(seen[place] - drawn)[inside].sum() - numpy.square(seen[place] - empty[place])[inside].sum()
    return float(everywhere + here) / hole.sum()
