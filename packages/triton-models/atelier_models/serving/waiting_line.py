"""A queue of a model's own, for work that is answered as a stream: so much at a time, the rest waits within limits."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from ..errors import BusyError, CancelledError, ModelError

# How often those who wait are asked whether they still want to.
_LOOK_SECONDS = 0.2


@dataclass
class Work:
    """`run` sees to its own failures. `refuse` is told why it will not be run."""

    run: Callable[[], None]
    refuse: Callable[[ModelError], None]
    is_cancelled: Callable[[], bool] = lambda: False
    since: float = field(default_factory=time.monotonic)


class WaitingLine:
    """
    Triton's own queue limit stalls: with any queue policy its batcher is not woken when an instance becomes free, but
    looks every 500 ms (core: `WaitForPayloadSlotAvailable`; measured with 2.51). A decoupled model can take every
    request at once and let it wait here.
    """

    def __init__(self, at_once: int, most_waiting: int, most_seconds: float):
        self._most_waiting = most_waiting
        self._most_seconds = most_seconds
        self._waiting: deque[Work] = deque()
        self._idle = at_once
        self._changed = threading.Condition()
        self._closed = False
        self._threads = [threading.Thread(target=self._serve, name="answers", daemon=True) for _ in range(at_once)]
        self._threads.append(threading.Thread(target=self._watch, name="waiting-line", daemon=True))
        for thread in self._threads:
            thread.start()

    def put(self, work: Work) -> None:
        """Returns at once. Refuses with `BusyError` where as many wait already as may."""
        with self._changed:
            # Those who are idle take what waits in a moment.
            has_room = not self._closed and len(self._waiting) < self._most_waiting + self._idle
            if has_room:
                self._waiting.append(work)
                self._changed.notify_all()
        if not has_room:
            full = BusyError(f"The queue is full: {self._most_waiting} requests wait already. Try again later.")
            _guarded(lambda: work.refuse(full))

    def close(self) -> None:
        """Refuses what waits, and waits for what runs. Nothing is taken any more."""
        with self._changed:
            self._closed = True
            left = list(self._waiting)
            self._waiting.clear()
            self._changed.notify_all()
        for work in left:
            _guarded(lambda work=work: work.refuse(BusyError("The model is being unloaded.")))
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        while True:
            with self._changed:
                while not self._waiting:
                    if self._closed:
                        return
                    self._changed.wait()
                work = self._waiting.popleft()
                self._idle -= 1
            try:
                _guarded(lambda work=work: self._run_or_refuse(work))
            finally:
                with self._changed:
                    self._idle += 1

    def _run_or_refuse(self, work: Work) -> None:
        if reason := self._reason_to_refuse(work):
            work.refuse(reason)
        else:
            work.run()

    def _watch(self) -> None:
        """Tells those who waited too long, or gave up, while the others are still busy."""
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                reasons = [(work, self._reason_to_refuse(work)) for work in self._waiting]
                self._waiting = deque(work for work, reason in reasons if reason is None)
            for work, reason in reasons:
                if reason is not None:
                    _guarded(lambda work=work, reason=reason: work.refuse(reason))
            time.sleep(_LOOK_SECONDS)

    def _reason_to_refuse(self, work: Work) -> ModelError | None:
        if _is_cancelled(work):
            return CancelledError("The request was cancelled.")
        if time.monotonic() - work.since > self._most_seconds:
            return BusyError(f"The request waited for {self._most_seconds:g} s. Try again later.")
        return None


def _is_cancelled(work: Work) -> bool:
    """A caller who cannot be asked any more is gone."""
    try:
        return work.is_cancelled()
    except Exception:
        return True


def _guarded(work: Callable[[], None]) -> None:
    """`run` and `refuse` answer themselves; what escapes them is told, and must not cost the line a thread."""
    try:
        work()
    except Exception as error:
        threading.excepthook(threading.ExceptHookArgs((type(error), error, None, threading.current_thread())))
