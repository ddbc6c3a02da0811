"""How light falls on the shapes: brightness and highlight of each pixel. The light comes from the upper left."""

import numpy

from .outline import RING_HALF_WIDTH, RING_RADIUS, Field, star_angle
from .words import Shape

_LIGHT = numpy.array([-0.48, -0.60, 0.64])


def shade(shape: Shape, u: Field, v: Field) -> tuple[Field, Field]:
    """(brightness, highlight), both [h, w]: the colour of the surface times the first, plus white by the second."""
    if shape == "cube":
        top = v < -numpy.abs(u) / numpy.sqrt(3)
        return numpy.where(top, 1.05, numpy.where(u < 0, 0.80, 0.55)), numpy.zeros_like(u)
    if shape == "star":
        angle, radius = star_angle(u, v)
        return numpy.where(angle < 0, 0.98, 0.72) + 0.08 * (1 - radius), numpy.zeros_like(u)
    return _curved(*_normal(shape, u, v))


def _normal(shape: Shape, u: Field, v: Field) -> tuple[Field, Field, Field]:
    if shape == "cone":
        x = numpy.clip(u / (0.5 * numpy.clip(v + 1, 0.05, None)), -1, 1)
        y = numpy.full_like(x, -0.25)
    elif shape == "ring":
        radius = numpy.hypot(u, v) + 1e-6
        across = numpy.clip((radius - RING_RADIUS) / RING_HALF_WIDTH, -1, 1)
        x, y = across * u / radius, across * v / radius
    else:
        # A heart is a cushion: flatter than a ball.
        flat = 0.75 if shape == "heart" else 1.0
        x, y = flat * u, flat * v
    return x, y, numpy.sqrt(numpy.clip(1 - x * x - y * y, 0.02, 1))


def _curved(x: Field, y: Field, z: Field) -> tuple[Field, Field]:
    towards = numpy.clip(x * _LIGHT[0] + y * _LIGHT[1] + z * _LIGHT[2], 0, 1)
    return 0.45 + 0.62 * towards, 0.45 * towards**24
