"""What a request may hold, and the sentence that it gets else."""

import numpy
import pytest

from atelier_models.errors import BadInputError
from atelier_models.inputs import Inputs


def inputs(batched=False, **arrays):
    return Inputs(arrays, batched)


def strings(*values):
    array = numpy.empty(len(values), dtype=object)
    array[:] = list(values)
    return array


def refusal(call):
    with pytest.raises(BadInputError) as caught:
        call()
    return str(caught.value)


def test_takes_the_batch_dimension_off():
    read = inputs(batched=True, THRESHOLD=numpy.array([[0.25]], dtype=numpy.float32))
    assert read.number("THRESHOLD", 0, 1) == 0.25


def test_refuses_a_batch_of_two():
    read = inputs(batched=True, THRESHOLD=numpy.zeros((2, 1)))
    assert "has a batch of 2" in refusal(lambda: read.number("THRESHOLD", 0, 1))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -0.1, 1.1])
def test_refuses_numbers_out_of_range(value):
    read = inputs(THRESHOLD=numpy.array([value]))
    assert refusal(lambda: read.number("THRESHOLD", 0, 1)).startswith("THRESHOLD must be from 0 to 1, not")


def test_integers_keep_64_bits():
    read = inputs(SEED=numpy.array([2**63 - 1], dtype=numpy.int64))
    assert read.integer("SEED", 0, 2**63 - 1) == 2**63 - 1
    assert "must be from 1 to 4" in refusal(lambda: read.integer("SEED", 1, 4))


def test_a_missing_input_and_one_of_two_elements():
    assert refusal(lambda: inputs().integer("SEED", 0, 1)) == "SEED is missing."
    read = inputs(SEED=numpy.array([1, 2]))
    assert refusal(lambda: read.integer("SEED", 0, 1)) == "SEED must have one element, not 2."


def test_texts_are_utf8_counted_and_not_blank():
    assert inputs(PHRASES=strings(b"cup", "컵".encode())).texts("PHRASES", 2, 10) == ["cup", "컵"]
    assert "from 1 to 2 texts, not 3" in refusal(
        lambda: inputs(PHRASES=strings(b"a", b"b", b"c")).texts("PHRASES", 2, 9)
    )
    assert "from 1 to 2 texts, not 0" in refusal(lambda: inputs().texts("PHRASES", 2, 9))
    assert refusal(lambda: inputs(PHRASES=strings(b"a", b" \n")).texts("PHRASES", 2, 9)) == "PHRASES 1 is empty."
    assert "not UTF-8" in refusal(lambda: inputs(PHRASES=strings(b"\xff\xfe")).texts("PHRASES", 2, 9))
    assert "has 10 characters; at most 9" in refusal(lambda: inputs(PHRASES=strings(b"x" * 10)).texts("PHRASES", 2, 9))


def test_what_is_left_out_has_no_elements():
    read = inputs()
    assert read.rows("BOXES", 4).shape == (0, 4)
    assert read.integers("POINT_LABELS").shape == (0,)
    assert read.blob("IMAGE") is None
    assert read.blobs("IMAGES", 3) == []


def test_rows_must_be_finite():
    rows = inputs(BOXES=numpy.array([[1, 2, 3, 4], [0, 0, numpy.nan, 1]])).rows
    assert refusal(lambda: rows("BOXES", 4)) == "BOXES holds a number that is not finite."


def test_rows_must_have_their_columns():
    assert "BOXES" in refusal(lambda: inputs(BOXES=numpy.zeros(6)).rows("BOXES", 4))


def test_blobs_keep_trailing_zeros():
    assert inputs(IMAGE=strings(b"ab\0\0")).blob("IMAGE") == b"ab\0\0"
    assert inputs(IMAGES=strings(b"a\0", b"")).blobs("IMAGES", 2) == [b"a\0", b""]
    assert "at most 1" in refusal(lambda: inputs(IMAGES=strings(b"", b"")).blobs("IMAGES", 1))
