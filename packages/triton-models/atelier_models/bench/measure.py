"""Times a pipeline on given requests."""

import time
from collections.abc import Sequence
from typing import TypedDict

from ..inputs import Inputs
from .pipelines import Pipeline


class Timing(TypedDict):
    """
    Of one call: milliseconds from its arrays to its last outputs and to its first, how many responses it had, and the
    USAGE of a model that tells it, else an empty text.
    """

    milliseconds: float
    firstMs: float
    responses: int
    usage: str


def measure(pipeline: Pipeline, requests: Sequence[Inputs], together: int) -> list[Timing]:
    """One timing for each call of `together` requests."""
    return [_measure(pipeline, requests[start : start + together]) for start in range(0, len(requests), together)]


def _measure(pipeline: Pipeline, requests: Sequence[Inputs]) -> Timing:
    began = time.perf_counter()
    first, count, last = began, 0, {}
    for outputs in pipeline.answer(requests):
        last = outputs
        count += 1
        if count == 1:
            first = time.perf_counter()
    ended = time.perf_counter()
    usage = last["USAGE"].reshape(-1)[0].decode() if "USAGE" in last else ""
    return {
        "milliseconds": (ended - began) * 1e3,
        "firstMs": (first - began) * 1e3,
        "responses": count,
        "usage": usage,
    }
