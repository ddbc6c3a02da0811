import threading

import pytest

from .worker import Worker


@pytest.fixture
def worker():
    worker = Worker("test-worker")
    yield worker
    worker.close()


def test_gives_in_order_from_another_thread_and_ends(worker):
    threads = []

    def work(give, _stopped):
        threads.append(threading.get_ident())
        for number in range(100):
            give(number)

    assert list(worker.stream(work)) == list(range(100))
    assert threads != [threading.get_ident()]


def test_what_the_work_raises_comes_after_what_it_gave(worker):
    def work(give, _stopped):
        give(1)
        raise ValueError("the reason")

    stream = worker.stream(work)
    assert next(stream) == 1
    with pytest.raises(ValueError, match="the reason"):
        next(stream)


def test_closing_stops_the_work_and_waits_for_it(worker):
    ended = threading.Event()

    def work(give, stopped):
        while not stopped():
            give("again")
        ended.set()

    stream = worker.stream(work)
    assert next(stream) == "again"
    stream.close()
    assert ended.is_set()
    assert list(worker.stream(lambda give, _stopped: give("next"))) == ["next"]


def test_one_piece_of_work_at_a_time(worker):
    log = []

    def work(give, _stopped):
        for _ in range(50):
            log.append(threading.current_thread().name)
            give(None)

    def consume(name):
        def named(give, stopped):
            log.append(name)
            work(give, stopped)
            log.append(name)

        assert len(list(worker.stream(named))) == 50

    consumers = [threading.Thread(target=consume, args=(f"consumer {index}",)) for index in range(4)]
    for consumer in consumers:
        consumer.start()
    for consumer in consumers:
        consumer.join()
    names = [entry for entry in log if entry.startswith("consumer")]
    assert len(names) == 8
    assert all(names[index] == names[index + 1] for index in range(0, 8, 2))
    assert len(set(log) - set(names)) == 1


def test_closing_ends_the_thread():
    worker = Worker("short-lived")
    list(worker.stream(lambda give, _stopped: give(1)))
    worker.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("short-lived")]
