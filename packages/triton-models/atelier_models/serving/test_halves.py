import weakref

import pytest

from atelier_models.serving.halves import run_in_halves


class OutOfMemoryError(RuntimeError):
    """Named as torch's."""


class Block:
    """Stands for a tensor."""


def test_a_batch_that_fits_is_run_once():
    seen = []
    assert run_in_halves([1, 2, 3], lambda items: seen.append(list(items)) or [item * 2 for item in items]) == [2, 4, 6]
    assert seen == [[1, 2, 3]]
    assert run_in_halves([], pytest.fail) == []


def test_what_does_not_fit_is_halved_and_one_item_fails_alone():
    seen = []

    def run(items):
        seen.append(list(items))
        if len(items) > 2 or "huge" in items:
            raise OutOfMemoryError
        return [item.upper() for item in items]

    results = run_in_halves(["a", "b", "huge", "d", "e"], run)
    assert [result if isinstance(result, str) else type(result) for result in results] == [
        "A",
        "B",
        OutOfMemoryError,
        "D",
        "E",
    ]
    assert seen[0] == ["a", "b", "huge", "d", "e"] and ["a", "b"] in seen


def test_the_memory_of_the_failed_batch_is_free_when_its_halves_run():
    blocks, alive = [], []

    def run(items):
        alive.append([reference() is not None for reference in blocks])
        block = Block()
        blocks.append(weakref.ref(block))
        if len(items) > 1:
            raise OutOfMemoryError
        return items

    assert run_in_halves([1, 2, 3, 4], run) == [1, 2, 3, 4]
    assert not any(any(states) for states in alive)


def test_the_memory_of_an_item_that_fails_alone_is_free_for_the_rest():
    blocks, alive = [], []

    def run(items):
        alive.append([reference() is not None for reference in blocks])
        block = Block()
        blocks.append(weakref.ref(block))
        if 0 in items:
            raise OutOfMemoryError
        return items

    results = run_in_halves([0, 1, 2, 3], run)
    assert isinstance(results[0], OutOfMemoryError) and results[1:] == [1, 2, 3]
    assert not any(any(states) for states in alive)


def test_another_failure_fails_them_all_at_once():
    calls = []

    def run(items):
        calls.append(1)
        raise ValueError("no")

    assert [type(result) for result in run_in_halves([1, 2], run)] == [ValueError, ValueError]
    assert len(calls) == 1
