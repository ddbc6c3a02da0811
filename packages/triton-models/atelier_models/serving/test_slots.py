import threading
import time

import pytest

from atelier_models.serving.slots import Slots


def test_returns_while_a_slot_is_free_and_waits_when_all_are_busy():
    slots, gates = Slots(2), [threading.Event(), threading.Event()]
    slots.start(gates[0].wait)
    second = threading.Thread(target=slots.start, args=(gates[1].wait,))
    second.start()
    second.join(0.1)
    assert second.is_alive()
    gates[0].set()
    second.join(5)
    assert not second.is_alive()
    gates[1].set()
    slots.close()


def test_never_runs_more_at_once():
    slots, lock = Slots(3), threading.Lock()
    running, most = 0, 0

    def work():
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.005)
        with lock:
            running -= 1

    for _ in range(12):
        slots.start(work)
    slots.close()
    assert (running, most) == (0, 3)


def test_work_that_fails_frees_its_slot():
    slots, done = Slots(1), []

    def fail():
        raise RuntimeError("no")

    slots.start(fail)
    slots.start(lambda: done.append(True))
    slots.close()
    assert done == [True]


def test_close_waits_for_what_runs_and_lets_nothing_in():
    slots, done = Slots(2), []
    slots.start(lambda: (time.sleep(0.05), done.append(True)))
    slots.close()
    assert done == [True]
    with pytest.raises(RuntimeError):
        slots.start(lambda: None)
