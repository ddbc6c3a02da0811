"""How long production code takes."""

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy

Request = TypeVar("Request")


def median_ms(work: Callable[[Request], object], requests: Iterable[Request]) -> float:
    """Of one request after the other; they are all made before the first is timed."""
    times = []
    for request in list(requests):
        began = time.perf_counter()
        result = work(request)
        times.append(time.perf_counter() - began)
        # A stream that was only begun ends here, not while the next request is timed.
        del result
    return round(1000 * float(numpy.median(times)), 2)
