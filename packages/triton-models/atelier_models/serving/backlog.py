"""Limits what waits for a batched model, since Triton's own limits stall its batcher."""

from __future__ import annotations

import os
import re
import threading
import time
import urllib.request
from collections.abc import Callable

from ..settings import ModelSettings

_DEFAULT_METRICS = "http://127.0.0.1:8002/metrics"
_LOOK_SECONDS = 0.1


class Backlog:
    """
    Says how many requests of a batch are to be refused, so that no more than `most` wait in Triton's queue, nor more
    than can be answered in `most_seconds`. Who waited longest is refused: it is most likely to have given up.

    With any queue policy Triton's batcher is not woken when an instance becomes free, but looks every 500 ms (core:
    `WaitForPayloadSlotAvailable`; measured with 2.51: 16 requests at once took 0.5-1 s instead of 20 ms). So the
    configurations have none, and the model itself looks at Triton's gauge of pending requests, ten times a second
    while it works and never while it rests.
    """

    def __init__(self, count_pending: Callable[[], int | None], most: int, most_seconds: float):
        self._count_pending = count_pending
        self._most = most
        self._most_seconds = most_seconds
        self._working = threading.Event()
        self._lock = threading.Lock()
        self._answered = 0
        self._excess = 0
        self._closed = False
        self._thread = threading.Thread(target=self._watch, name="backlog", daemon=True)
        self._thread.start()

    def take_excess(self, batch: int) -> int:
        """How many of a batch of this size, from its beginning, are to be refused."""
        self._working.set()
        with self._lock:
            refused = min(batch, self._excess)
            self._excess -= refused
            self._answered += batch - refused
        return refused

    def close(self) -> None:
        self._closed = True
        self._working.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._closed:
            self._working.wait()
            self._working.clear()
            with self._lock:
                answered_before, since = self._answered, time.monotonic()
            time.sleep(_LOOK_SECONDS)
            pending = self._count_pending()
            with self._lock:
                rate = (self._answered - answered_before) / (time.monotonic() - since)
                self._excess = 0 if pending is None else self._beyond(pending, rate)

    def _beyond(self, pending: int, rate: float) -> int:
        """rate: requests answered a second. A single batch may take longer than a look: 0 says nothing."""
        allowed = self._most if rate == 0 else min(self._most, max(1, int(rate * self._most_seconds)))
        return max(0, pending - allowed)


def backlog_of(model: str, settings: ModelSettings) -> Backlog:
    """Of a model as Triton names it."""
    return Backlog(pending_in_triton(model), settings.queue, settings.queue_seconds)


def pending_in_triton(model: str, url: str | None = None) -> Callable[[], int | None]:
    """
    Reads `nv_inference_pending_request_count` of a model from the server that it runs in; None where that cannot be
    read. `url`: default ATELIER_METRICS_URL, else Triton's own default port.
    """
    address = url or os.environ.get("ATELIER_METRICS_URL") or _DEFAULT_METRICS
    gauge = re.compile(rf'^nv_inference_pending_request_count\{{model="{re.escape(model)}".*\}} (\d+)', re.MULTILINE)

    def count() -> int | None:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                found = gauge.search(answer.read().decode())
        except (OSError, ValueError):
            return None
        return int(found[1]) if found else None

    return count
