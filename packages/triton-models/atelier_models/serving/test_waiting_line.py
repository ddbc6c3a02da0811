import threading
import time

import pytest

from atelier_models.errors import BusyError, CancelledError
from atelier_models.serving.waiting_line import WaitingLine, Work


@pytest.fixture
def line_of():
    lines = []

    def make(at_once=1, most_waiting=2, most_seconds=60.0):
        lines.append(WaitingLine(at_once, most_waiting, most_seconds))
        return lines[-1]

    yield make
    for line in lines:
        line.close()


class Busy:
    """Holds a place until it is let go, and writes down what became of what was put into the line."""

    def __init__(self, line):
        self.line, self.ran, self.refused = line, [], {}
        self.gate, self.running = threading.Event(), threading.Semaphore(0)

    def hold(self):
        self.line.put(Work(lambda: (self.running.release(), self.gate.wait()), lambda error: None))
        assert self.running.acquire(timeout=5)

    def put(self, name, is_cancelled=lambda: False):
        self.line.put(
            Work(lambda: self.ran.append(name), lambda error: self.refused.update({name: error}), is_cancelled)
        )


def eventually(condition):
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_what_does_not_fit_is_refused_at_once_and_the_rest_runs_in_order(line_of):
    busy = Busy(line_of(most_waiting=2))
    busy.hold()
    for name in "abcd":
        busy.put(name)
    assert {name: type(error) for name, error in busy.refused.items()} == {"c": BusyError, "d": BusyError}
    assert "2 requests wait already" in str(busy.refused["c"])
    busy.gate.set()
    eventually(lambda: busy.ran == ["a", "b"])


def test_a_line_without_room_to_wait_still_takes_what_can_run(line_of):
    busy = Busy(line_of(at_once=2, most_waiting=0))
    busy.hold()
    busy.hold()
    busy.put("a")
    assert "a" in busy.refused
    busy.gate.set()


def test_runs_as_many_at_once_as_it_may(line_of):
    line, lock = line_of(at_once=3, most_waiting=20), threading.Lock()
    running, most, done = 0, 0, 0

    def work():
        nonlocal running, most, done
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1
            done += 1

    for _ in range(12):
        line.put(Work(work, pytest.fail))
    eventually(lambda: done == 12)
    assert most == 3


def test_who_waits_too_long_is_told_while_the_others_still_work(line_of):
    busy = Busy(line_of(most_seconds=0.05))
    busy.hold()
    busy.put("late")
    eventually(lambda: "late" in busy.refused)
    assert isinstance(busy.refused["late"], BusyError)
    assert "waited for 0.05 s" in str(busy.refused["late"])
    busy.gate.set()


def test_who_gave_up_makes_room(line_of):
    busy, gone = Busy(line_of(most_waiting=1)), threading.Event()
    busy.hold()
    busy.put("gone", gone.is_set)
    gone.set()
    eventually(lambda: isinstance(busy.refused.get("gone"), CancelledError))
    busy.put("next")
    busy.gate.set()
    eventually(lambda: busy.ran == ["next"])


@pytest.fixture
def told(monkeypatch):
    """What threads would print."""
    errors = []
    monkeypatch.setattr(threading, "excepthook", lambda args: errors.append(args.exc_type))
    return errors


def test_work_that_raises_keeps_its_place_alive(line_of, told):
    line, done = line_of(), threading.Event()
    line.put(Work(lambda: 1 / 0, pytest.fail))
    line.put(Work(done.set, pytest.fail))
    assert done.wait(5)
    assert told == [ZeroDivisionError]


def test_who_cannot_be_asked_or_told_does_not_stop_the_watch(line_of, told):
    busy = Busy(line_of(most_waiting=9, most_seconds=0.3))
    busy.hold()
    busy.put("lost", lambda: 1 / 0)
    busy.line.put(Work(pytest.fail, lambda error: 1 / 0))
    busy.put("late")
    eventually(lambda: {"lost", "late"} <= busy.refused.keys())
    assert isinstance(busy.refused["lost"], CancelledError)
    assert isinstance(busy.refused["late"], BusyError)
    assert told == [ZeroDivisionError]
    busy.gate.set()


def test_every_piece_runs_and_gives_its_place_back(line_of):
    line, ran = line_of(at_once=2, most_waiting=0), []
    for number in range(60):
        line.put(Work(lambda number=number: ran.append(number), lambda error: pytest.fail(str(error))))
        eventually(lambda number=number: len(ran) == number + 1)
        time.sleep(0.002)


def test_who_gave_up_is_not_run_even_where_a_place_is_free(line_of):
    busy = Busy(line_of())
    busy.put("gone", lambda: True)
    eventually(lambda: "gone" in busy.refused)
    assert busy.ran == []


def test_the_limit_is_in_seconds(line_of):
    busy = Busy(line_of(most_seconds=0.4))
    busy.hold()
    began = time.monotonic()
    busy.put("late")
    eventually(lambda: "late" in busy.refused)
    assert 0.4 <= time.monotonic() - began < 4
    busy.gate.set()


def test_close_refuses_what_waits_and_waits_for_what_runs(line_of):
    busy = Busy(line_of())
    busy.hold()
    busy.put("a")
    threading.Timer(0.05, busy.gate.set).start()
    busy.line.close()
    assert busy.gate.is_set()
    assert "being unloaded" in str(busy.refused["a"])
    busy.put("b")
    assert isinstance(busy.refused["b"], BusyError)
