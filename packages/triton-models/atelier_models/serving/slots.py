"""Runs work in threads, at most so much at the same time."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


class Slots:
    """
    `start` returns only when there is room for more work: whoever calls it waits before the next piece arrives, not
    with it in hand. Triton's queue then holds everything that waits, and its limits count all of it.
    """

    def __init__(self, at_once: int):
        self._free = threading.Semaphore(at_once)
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="slot")

    def start(self, work: Callable[[], None]) -> None:
        """Starts `work`, which sees to its own failures, then waits until a slot is free."""
        self._free.acquire()
        self._threads.submit(self._run, work)
        self._free.acquire()
        self._free.release()

    def close(self) -> None:
        """Waits for the work that runs. Nothing can be started any more."""
        self._threads.shutdown(wait=True)

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        finally:
            self._free.release()
