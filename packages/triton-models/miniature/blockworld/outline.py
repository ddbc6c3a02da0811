"""The outlines of the shapes as signed distances, so that edges are smooth without drawing at a larger size."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy

if TYPE_CHECKING:
    from .scene import Thing

Field = numpy.ndarray


class Window(NamedTuple):
    """The pixels around a thing. rows, columns: slices of the picture. u, v: [h, w] in radii, turned with the thing."""

    rows: slice
    columns: slice
    u: Field
    v: Field


def window_of(thing: "Thing", width: int, height: int) -> Window:
    """All pixels of the picture that the thing may touch."""
    reach = thing.radius + 2
    left, right = max(0, int(thing.x - reach)), min(width, int(thing.x + reach) + 1)
    top, bottom = max(0, int(thing.y - reach)), min(height, int(thing.y + reach) + 1)
    dx = (numpy.arange(left, right) + 0.5 - thing.x)[None] / thing.radius
    dy = (numpy.arange(top, bottom) + 0.5 - thing.y)[:, None] / thing.radius
    cosine, sine = numpy.cos(thing.tilt), numpy.sin(thing.tilt)
    return Window(slice(top, bottom), slice(left, right), dx * cosine + dy * sine, dy * cosine - dx * sine)


def coverage(thing: "Thing", window: Window) -> Field:
    """[h, w], how much of each pixel the thing covers, 0..1."""
    return numpy.clip(0.5 - DISTANCES[thing.shape](window.u, window.v) * thing.radius, 0, 1)


def visible_masks(things: Sequence["Thing"], width: int, height: int) -> Field:
    """[n, height, width] bool of things back to front: the pixels of each that nothing in front of it hides."""
    masks = numpy.zeros((len(things), height, width), dtype=bool)
    for index, thing in enumerate(things):
        window = window_of(thing, width, height)
        solid = coverage(thing, window) >= 0.5
        masks[:index, window.rows, window.columns] &= ~solid
        masks[index, window.rows, window.columns] = solid
    return masks


def _ball(u: Field, v: Field) -> Field:
    return numpy.hypot(u, v) - 1


def _cube(u: Field, v: Field) -> Field:
    """A cube seen from a corner: a regular hexagon with a vertex at the top."""
    apothem = numpy.sqrt(0.75)
    return numpy.maximum(numpy.abs(u), 0.5 * numpy.abs(u) + apothem * numpy.abs(v)) - apothem


def _cone(u: Field, v: Field) -> Field:
    """The tip at (0, -1), the foot an ellipse of half axes 0.85 and 0.28 around (0, 0.7)."""
    flank = (1.7 * numpy.abs(u) - 0.85 * (v + 1)) / numpy.hypot(1.7, 0.85)
    foot = (numpy.hypot(u / 0.85, (v - 0.7) / 0.28) - 1) * 0.28
    return numpy.minimum(numpy.maximum(flank, v - 0.7), foot)


RING_RADIUS, RING_HALF_WIDTH = 0.71, 0.29


def _ring(u: Field, v: Field) -> Field:
    return numpy.abs(numpy.hypot(u, v) - RING_RADIUS) - RING_HALF_WIDTH


STAR_INNER = 0.48
_TENTH = numpy.pi / 5


def star_angle(u: Field, v: Field) -> tuple[Field, Field]:
    """Angle to the nearest tip, radians, signed, and the distance from the centre."""
    angle = numpy.arctan2(u, -v)
    return (angle + _TENTH) % (2 * _TENTH) - _TENTH, numpy.hypot(u, v)


def _star(u: Field, v: Field) -> Field:
    """Five tips at 1, five inner corners: the distance to the edge between a tip and its inner corner."""
    angle, radius = star_angle(u, v)
    along, across = radius * numpy.cos(angle), radius * numpy.abs(numpy.sin(angle))
    inner = STAR_INNER * numpy.cos(_TENTH), STAR_INNER * numpy.sin(_TENTH)
    edge = numpy.array([inner[0] - 1, inner[1]])
    edge /= numpy.hypot(*edge)
    return (along - 1) * edge[1] - across * edge[0]


def _heart(u: Field, v: Field) -> Field:
    """The sextic (x^2 + y^2 - 1)^3 = x^2 y^3, divided by its gradient to become a distance near the curve."""
    x, y = 1.16 * u, 0.13 - 1.16 * v
    inner = x * x + y * y - 1
    value = inner**3 - x * x * y**3
    slope = numpy.hypot(6 * x * inner**2 - 2 * x * y**3, 6 * y * inner**2 - 3 * x * x * y * y)
    return numpy.clip(value / (1.16 * slope + 1e-3), -1, 1)


DISTANCES: dict[str, Callable[[Field, Field], Field]] = {
    "ball": _ball,
    "cube": _cube,
    "cone": _cone,
    "ring": _ring,
    "star": _star,
    "heart": _heart,
}
