"""Points on things."""

import numpy


def point_on(mask: numpy.ndarray, generator: numpy.random.Generator) -> tuple[float, float]:
    """(x, y): the centre of a random pixel of [h, w] bool whose neighbours belong to it too, where there is one."""
    inner = mask.copy()
    for axis in (0, 1):
        for shift in (-1, 1):
            inner &= numpy.roll(mask, shift, axis)
    rows, columns = numpy.nonzero(inner if inner.any() else mask)
    chosen = generator.integers(len(rows))
    return float(columns[chosen]) + 0.5, float(rows[chosen]) + 0.5
