import numpy
import pytest

from .average_precision import Tally, iou

_THING = numpy.array([[0, 0, 10, 10]], numpy.float32)
_BESIDE = numpy.array([[20, 0, 30, 10]], numpy.float32)


def _tally(*pictures) -> Tally:
    tally = Tally()
    for boxes, scores, truth in pictures:
        tally.add(numpy.concatenate(boxes), numpy.array(scores), truth)
    return tally


def test_all_found_before_anything_false_is_one():
    assert _tally(([_THING, _BESIDE], [0.9, 0.3], _THING)).average_precision() == 1


def test_a_better_false_one_takes_half_and_pictures_are_ranked_together():
    found = _tally(([_BESIDE], [0.9], _THING), ([_THING], [0.8], _THING))
    # One of two things found, at a precision of a half.
    assert found.average_precision() == pytest.approx(0.25)


def test_precision_counts_as_the_best_from_there_on():
    found = _tally(([_BESIDE], [0.9], _THING), ([_THING], [0.8], _THING), ([_THING], [0.7], _THING))
    assert found.average_precision() == pytest.approx(2 / 3 * 2 / 3)


def test_a_thing_is_found_once():
    found = _tally(([_THING, _THING + 1], [0.5, 0.6], _THING))
    assert found.hits == [True, False]


def test_nothing_found_is_zero():
    found = _tally(([_THING[:0]], [], _THING))
    assert found.average_precision() == 0 and found.things == 1


def test_iou():
    assert iou(_THING, numpy.concatenate([_THING, _BESIDE, _THING + 5])).tolist() == [[1, 0, pytest.approx(25 / 175)]]
