import hashlib

import numpy
import pytest

from ..errors import BadInputError
from ..inputs import Inputs
from ..settings import SamSettings
from .prompts import within
from .request import read_request

_DATA = b"some bytes"
_KEY = hashlib.sha256(_DATA).hexdigest()


def _read(settings=None, data=_DATA, key=_KEY, **tensors):
    types = {"POINTS": numpy.float32, "BOXES": numpy.float32}
    arrays = {name: numpy.array(value, dtype=types.get(name, numpy.int32))[None] for name, value in tensors.items()}
    texts = {"IMAGE": numpy.array([[data]], dtype=object), "IMAGE_KEY": numpy.array([[key.encode()]], dtype=object)}
    return read_request(Inputs({**texts, **arrays}, batched=True), settings or SamSettings())


def test_prompts_of_points_come_first_then_the_boxes():
    request = _read(
        POINTS=[[1, 2], [3, 4], [5, 6], [7, 8]],
        POINT_LABELS=[1, 1, 0, 1],
        POINT_PROMPT=[1, 0, 1, 1],
        BOXES=[[1, 2, 3, 4], [5, 6, 7, 8]],
    )
    assert (request.key, request.data) == (_KEY, _DATA)
    zero, one, first, second = request.prompts
    assert zero.points.tolist() == [[3, 4]] and zero.shape == (1, False)
    assert one.points.tolist() == [[1, 2], [5, 6], [7, 8]] and one.labels.tolist() == [1, 0, 1]
    assert first.box.tolist() == [1, 2, 3, 4] and first.shape == (0, True)
    assert second.box.tolist() == [5, 6, 7, 8]


def test_corners_among_the_points_are_the_box_of_the_prompt():
    [prompt] = _read(POINTS=[[9, 9], [5, 5], [1, 2]], POINT_LABELS=[3, 1, 2], POINT_PROMPT=[0, 0, 0]).prompts
    assert prompt.box.tolist() == [1, 2, 9, 9]
    assert prompt.points.tolist() == [[5, 5]] and prompt.shape == (1, True)
    [alone] = _read(POINTS=[[1, 2], [9, 9]], POINT_LABELS=[2, 3], POINT_PROMPT=[0, 0]).prompts
    assert alone.shape == (0, True)


def test_no_elements_are_as_good_as_no_input():
    empty = {"POINTS": numpy.zeros((0, 2)), "POINT_LABELS": [], "POINT_PROMPT": []}
    assert len(_read(**empty, BOXES=[[1, 2, 3, 4]]).prompts) == 1
    point = {"POINTS": [[1, 2]], "POINT_LABELS": [1], "POINT_PROMPT": [0]}
    assert len(_read(**point, BOXES=numpy.zeros((0, 4))).prompts) == 1


def _points(labels, numbers=None, points=None):
    return {
        "POINTS": [[5, 5]] * len(labels) if points is None else points,
        "POINT_LABELS": labels,
        "POINT_PROMPT": [0] * len(labels) if numbers is None else numbers,
    }


@pytest.mark.parametrize(
    ("tensors", "words"),
    [
        ({}, "from 1 to 64 prompts"),
        ({"BOXES": [[1, 2, 3, 4]] * 65}, "from 1 to 64 prompts in POINTS and BOXES, not 65"),
        (_points([1] * 1025), "at most 1024 points, not 1025"),
        ({"BOXES": [[1, 2, float("nan"), 4]]}, "BOXES holds a number that is not finite"),
        (_points([1], points=[[float("inf"), 1]]), "POINTS holds a number that is not finite"),
        ({"BOXES": [[1, 2, 1, 4]]}, r"box 0 of BOXES, \(1, 2, 1, 4\), has no area"),
        ({"BOXES": [[0, 0, 9, 9], [5, 6, 3, 4]]}, "box 1 of BOXES"),
        (_points([7]), "POINT_LABELS must be 1"),
        (_points([-1]), "POINT_LABELS must be 1"),
        (_points([1, 1], numbers=[0, 2]), "from 0 without a gap"),
        (_points([1], numbers=[1]), "from 0 without a gap"),
        (_points([1], numbers=[2**31 - 1]), "from 1 to 64 prompts"),
        (_points([1], numbers=[-1]), "-1 is below"),
        (_points([0]), "neither a point on the thing nor a box"),
        (_points([1, 2]), "Prompt 0 must have one point with label 2"),
        (_points([2, 2, 3]), "Prompt 0 must have one point with label 2"),
        (_points([2, 3], points=[[9, 9], [1, 1]]), "The box of prompt 0"),
        ({"POINTS": [[1, 2]]}, "have 1, 0 and 0"),
        ({"POINT_LABELS": [1], "BOXES": [[1, 2, 3, 4]]}, "have 0, 1 and 0"),
    ],
)
def test_what_does_not_fit_is_said(tensors, words):
    with pytest.raises(BadInputError, match=words):
        _read(**tensors)


@pytest.mark.parametrize(
    ("data", "key"),
    [(_DATA, "0" * 64), (_DATA, _KEY.upper()), (b"", "no key"), (b"", ""), (b"", "0" * 64 + "\n"), (b"", "0" * 63)],
)
def test_a_key_that_is_not_the_hash_is_refused(data, key):
    with pytest.raises(BadInputError, match="not the SHA-256 of IMAGE"):
        _read(data=data, key=key, BOXES=[[1, 2, 3, 4]])


def test_a_key_alone_and_too_large_a_file():
    assert _read(data=b"", BOXES=[[1, 2, 3, 4]]).data == b""
    with pytest.raises(BadInputError, match="10 bytes; at most 9"):
        _read(SamSettings(most_picture_bytes=9), BOXES=[[1, 2, 3, 4]])


def test_boxes_are_cut_off_at_the_edges_of_the_picture(samples):
    assert within(samples.prompt(box=(-5, 3, 200, 8)), 100, 50).box.tolist() == [0, 3, 100, 8]
    assert within(samples.prompt([(100, 50)], [1]), 100, 50).points.tolist() == [[100, 50]]


@pytest.mark.parametrize("box", [(100, 0, 120, 10), (-20, 0, 0, 10), (0, 50, 10, 60), (0, -9, 10, -1)])
def test_a_box_outside_the_picture_is_refused(samples, box):
    with pytest.raises(BadInputError, match=r"The box \(.*\) is outside the picture of 100 x 50"):
        within(samples.prompt(box=box), 100, 50)


@pytest.mark.parametrize("point", [(-0.5, 5), (101, 5), (5, 50.5), (5, -1)])
def test_a_point_outside_the_picture_is_refused(samples, point):
    with pytest.raises(BadInputError, match=r"The point .* is outside the picture of 100 x 50"):
        within(samples.prompt([(5, 5), point], [1, 0]), 100, 50)
