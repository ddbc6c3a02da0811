import io

import numpy
import pytest
from PIL import Image

from ..errors import BadInputError
from ..inputs import Inputs
from ..settings import Sd3Settings
from .request import read_request

SETTINGS = Sd3Settings(most_steps=50, longest_edge=512, most_characters=100)


def png(width: int, height: int, mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (width, height), "white").save(buffer, "PNG")
    return buffer.getvalue()


def inputs(**changes) -> Inputs:
    values = {
        "PROMPT": b"a cat",
        "NEGATIVE_PROMPT": b"",
        "WIDTH": numpy.int32(96),
        "HEIGHT": numpy.int32(64),
        "STEPS": numpy.int32(20),
        "GUIDANCE": numpy.float32(7),
        "STRENGTH": numpy.float32(0.6),
        "SEED": numpy.int64(3),
        **changes,
    }
    return Inputs(
        {
            name: numpy.array([value], dtype=object if isinstance(value, bytes) else type(value))
            for name, value in values.items()
            if value is not None
        }
    )


def test_reads_words():
    request = read_request(inputs(SEED=numpy.int64(2**63 - 1)), SETTINGS)
    assert (request.prompt, request.negative_prompt, request.width, request.height) == ("a cat", "", 96, 64)
    assert (request.steps, request.guidance, request.seed) == (20, 7.0, 2**63 - 1)
    assert request.image is None and request.mask is None


def test_strength_is_the_decimal_that_the_caller_wrote():
    assert read_request(inputs(), SETTINGS).strength == 0.6


def test_reads_picture_and_mask():
    request = read_request(inputs(IMAGE=png(96, 64), MASK=png(96, 64, "L")), SETTINGS)
    assert request.image.size == request.mask.size == (96, 64)
    assert (request.image.mode, request.mask.mode) == ("RGB", "L")


def test_an_empty_prompt_is_left_to_the_model_where_there_is_a_picture():
    assert read_request(inputs(PROMPT=b"", IMAGE=png(96, 64), MASK=png(96, 64)), SETTINGS).prompt == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"PROMPT": b" \n"}, "PROMPT is empty"),
        ({"PROMPT": None}, "PROMPT is missing"),
        ({"PROMPT": b"\xff"}, "PROMPT is not UTF-8"),
        ({"PROMPT": b"a" * 101}, "101 characters; at most 100"),
        ({"NEGATIVE_PROMPT": b"a" * 101}, "NEGATIVE_PROMPT has 101 characters"),
        ({"WIDTH": numpy.int32(100)}, "WIDTH must be a multiple of 16, not 100"),
        ({"HEIGHT": numpy.int32(48)}, "HEIGHT must be from 64 to 512, not 48"),
        ({"HEIGHT": numpy.int32(528)}, "HEIGHT must be from 64 to 512, not 528"),
        ({"STEPS": numpy.int32(0)}, "STEPS must be from 1 to 50, not 0"),
        ({"STEPS": numpy.int32(51)}, "STEPS must be from 1 to 50, not 51"),
        ({"GUIDANCE": numpy.float32("nan")}, "GUIDANCE must be from 0 to 30, not nan"),
        ({"GUIDANCE": numpy.float32(-1)}, "GUIDANCE must be from 0 to 30, not -1"),
        ({"STRENGTH": numpy.float32(1.5)}, "STRENGTH must be from 0 to 1, not 1.5"),
        ({"SEED": numpy.int64(-1)}, "SEED must be from 0"),
        ({"IMAGE": png(96, 64)}, "IMAGE was sent without MASK"),
        ({"MASK": png(96, 64)}, "MASK was sent without IMAGE"),
        ({"IMAGE": png(64, 96), "MASK": png(64, 96)}, "IMAGE is 64 x 96, but must be WIDTH x HEIGHT = 96 x 64"),
        ({"IMAGE": png(96, 64), "MASK": png(1, 1)}, "MASK is 1 x 1, but must be 96 x 64"),
        ({"IMAGE": b"no picture", "MASK": png(96, 64)}, "IMAGE is not a picture"),
        ({"IMAGE": png(96, 64), "MASK": b""}, "MASK is empty"),
    ],
)
def test_refuses_what_does_not_fit_the_contract(changes, words):
    with pytest.raises(BadInputError, match=words):
        read_request(inputs(**changes), SETTINGS)


def test_the_mask_has_the_limits_of_the_settings_too():
    settings = Sd3Settings(most_picture_bytes=len(png(96, 64)))
    noise = numpy.random.default_rng(0).integers(0, 256, (64, 96), dtype=numpy.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, "PNG")
    with pytest.raises(BadInputError, match=f"MASK has {buffer.tell()} bytes; at most {len(png(96, 64))}"):
        read_request(inputs(IMAGE=png(96, 64), MASK=buffer.getvalue()), settings)
