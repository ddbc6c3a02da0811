import numpy

from .assignment import assign

_GROUND = numpy.full((1, 16, 16), -1)


def test_the_patch_under_the_middle_finds_the_thing():
    boxes = numpy.array([[[16, 32, 40, 50], [80, 0, 104, 24]]], numpy.float32)
    centres, owners, weights = assign(boxes, numpy.array([[True, True]]), _GROUND)
    assert centres.tolist() == [[5 * 16 + 3, 1 * 16 + 11]]
    assert [owners[0, patch] for patch in centres[0]] == [0, 1]
    assert (owners >= 0).sum() == 2
    # Not far above the edge between two rows: the other one is near as well.
    assert weights[0, 5 * 16 + 3] < weights[0, 4 * 16 + 3] < 0.2 < 0.99 < weights[0, 200]


def test_of_two_in_one_place_the_one_in_front_keeps_it_and_the_other_stays_on_itself():
    boxes = numpy.array([[[32, 32, 72, 72], [42, 42, 62, 62]]], numpy.float32)
    cover = _GROUND.copy()
    cover[0, 4:9, 4:9] = 0
    cover[0, 5:8, 5:8] = 1
    centres, owners, _ = assign(boxes, numpy.array([[True, True]]), cover)
    assert centres[0, 1] == 6 * 16 + 6
    assert cover[0].ravel()[centres[0, 0]] == 0
    assert [owners[0, patch] for patch in centres[0]] == [0, 1]


def test_what_is_not_there_has_no_patch():
    boxes = numpy.array([[[16, 16, 40, 40], [0, 0, 0, 0]]], numpy.float32)
    centres, _, _ = assign(boxes, numpy.array([[True, False]]), _GROUND)
    assert centres.tolist() == [[3 * 16 + 3, -1]]
