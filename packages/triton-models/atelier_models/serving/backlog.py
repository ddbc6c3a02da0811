"""Limits what waits for a batched model, since Triton's own limits stall its batcher."""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
import threading
import time
import urllib.request
from collections import deque
from collections.abc import Callable, Iterator, Mapping

from ..settings import ModelSettings

_DEFAULT_METRICS = "http://127.0.0.1:8002/metrics"
_LOOK_SECONDS = 0.1
_FRESH_SECONDS = 1.0
# Batches that the speed is measured on.
_BATCHES = 8


class Backlog:
    """
    Says how many requests of a batch are to be refused, so that no more than `most` wait in Triton's queue, nor more
    than can be answered in `most_seconds`. Who waited longest is refused: it is most likely to have given up.

    With any queue policy Triton's batcher is not woken when an instance becomes free, but looks every 500 ms (core:
    `WaitForPayloadSlotAvailable`; measured with 2.51: 16 requests at once took 0.5-1 s instead of 20 ms). So the
    configurations have none, and the model itself looks at Triton's gauge of pending requests, ten times a second
    while it works and never while it rests.
    """

    def __init__(self, count_pending: Callable[[], int | None], most: int, most_seconds: float, instances: int = 1):
        """instances: of the model, each with a backlog of its own, which share what is to be refused."""
        self._count_pending = count_pending
        self._most = most
        self._most_seconds = most_seconds
        self._instances = instances
        self._working = threading.Event()
        self._lock = threading.Lock()
        self._excess, self._looked = 0, 0.0
        # (requests answered, seconds that it took) of the last batches, and (requests, begin) of the one that runs.
        self._done: deque[tuple[int, float]] = deque(maxlen=_BATCHES)
        self._running: tuple[int, float] | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._watch, name="backlog", daemon=True)
        self._thread.start()

    @contextlib.contextmanager
    def batch(self, requests: int) -> Iterator[int]:
        """Around the answering of a batch: how many of its requests, from the beginning, are to be refused."""
        self._working.set()
        began = time.monotonic()
        with self._lock:
            # What was too much before a rest may have been answered elsewhere, or have given up.
            if began - self._looked > _FRESH_SECONDS:
                self._excess = 0
            refused = min(requests, self._excess)
            self._excess -= refused
            self._running = (requests - refused, began)
        try:
            yield refused
        finally:
            with self._lock:
                self._running = None
                if requests > refused:
                    self._done.append((requests - refused, time.monotonic() - began))

    def close(self) -> None:
        self._closed = True
        self._working.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._closed:
            self._working.wait()
            self._working.clear()
            while not self._closed:
                time.sleep(_LOOK_SECONDS)
                pending = self._count_pending()
                with self._lock:
                    self._excess = 0 if pending is None else self._beyond(pending)
                    self._looked = time.monotonic()
                    if self._running is None:
                        break

    def _beyond(self, pending: int) -> int:
        rate = self._rate()
        in_time = self._most if rate is None else max(1, int(rate * self._instances * self._most_seconds))
        return math.ceil(max(0, pending - min(self._most, in_time)) / self._instances)

    def _rate(self) -> float | None:
        """Requests a second of this instance while it works. The batch that runs counts as if it ended now."""
        batches = list(self._done)
        if self._running is not None and self._running[0] > 0:
            answered, began = self._running
            batches.append((answered, time.monotonic() - began))
        seconds = sum(seconds for _, seconds in batches)
        return sum(answered for answered, _ in batches) / seconds if seconds > 0 else None


def backlog_of(args: Mapping[str, str], settings: ModelSettings) -> Backlog:
    """args: of `initialize`."""
    count = pending_in_triton(args["model_name"])
    return Backlog(count, settings.queue, settings.queue_seconds, count_instances(json.loads(args["model_config"])))


def count_instances(config: Mapping) -> int:
    """How many processes a model has by its configuration, as Triton has completed it."""
    groups = config.get("instance_group", [])
    return max(1, sum(group.get("count", 1) * max(1, len(group.get("gpus", []))) for group in groups))


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
