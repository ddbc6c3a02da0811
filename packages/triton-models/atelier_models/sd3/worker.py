"""Turns work that blocks and calls back into an iterator."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from queue import SimpleQueue
from threading import Event
from typing import TypeVar

_Output = TypeVar("_Output")
_END = object()


class Worker:
    """
    One thread that does one piece of work after the other. It lives as long as the worker: torch keeps a pool of
    threads and CUDA handles for each thread that computes.
    """

    def __init__(self, name: str):
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def stream(self, work: Callable[[Callable[[_Output], None], Callable[[], bool]], None]) -> Iterator[_Output]:
        """
        Yields what `work(give, stopped)` gives, while it runs; what it raises is raised here, after all it gave.
        When the iterator is closed early, `stopped()` becomes true, and the work has ended when `close` returns.
        """
        outputs: SimpleQueue = SimpleQueue()
        stop = Event()

        def run() -> None:
            try:
                work(outputs.put, stop.is_set)
            finally:
                outputs.put(_END)

        future = self._executor.submit(run)
        try:
            while (output := outputs.get()) is not _END:
                yield output
        finally:
            stop.set()
            wait([future])
        future.result()

    def close(self) -> None:
        """Waits for the work in hand."""
        self._executor.shutdown()
