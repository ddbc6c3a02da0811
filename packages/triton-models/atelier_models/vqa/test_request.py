import base64
import io
import json

import numpy
import pytest
from PIL import Image

from atelier_models.errors import BadInputError
from atelier_models.inputs import Inputs
from atelier_models.settings import VqaSettings
from atelier_models.vqa.request import read_request

SETTINGS = VqaSettings()


def encoded(kind: str, size=(40, 30)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, kind)
    return buffer.getvalue()


def inputs(images=(), most=10, temperature=0.0, seed=0, messages=None) -> Inputs:
    parts = [{"type": "image", "index": index} for index in range(len(images))]
    chat = [{"role": "user", "content": [*parts, {"type": "text", "text": "?"}]}]
    files = numpy.empty(len(images), dtype=object)
    files[:] = list(images)
    return Inputs(
        {
            "IMAGES": files,
            "MESSAGES": numpy.array([(messages or json.dumps(chat)).encode()], dtype=object),
            "MAX_TOKENS": numpy.array([most], dtype=numpy.int32),
            "TEMPERATURE": numpy.array([temperature], dtype=numpy.float32),
            "SEED": numpy.array([seed], dtype=numpy.int64),
        }
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_picture_may_be_a_file_or_base64(kind):
    file = encoded(kind)
    request = read_request(inputs([file, base64.b64encode(file)]), SETTINGS)
    raw, decoded = (numpy.asarray(picture) for picture in request.pictures)
    assert raw.shape == (30, 40, 3)
    assert (raw == decoded).all()


def test_what_was_asked_for_is_read():
    request = read_request(inputs(most=7, temperature=0.5, seed=2**63 - 1), SETTINGS)
    assert (request.most_tokens, request.temperature, request.seed) == (7, 0.5, 2**63 - 1)


def test_images_may_be_left_out():
    arrays = dict(inputs().arrays)
    del arrays["IMAGES"]
    assert read_request(Inputs(arrays), SETTINGS).pictures == ()


def test_more_tokens_than_are_given_are_cut():
    assert read_request(inputs(most=2**31 - 1), SETTINGS).most_tokens == SETTINGS.most_tokens


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"most": 0}, "MAX_TOKENS must be from 1"),
        ({"temperature": -0.1}, "TEMPERATURE must be from 0 to 2"),
        ({"temperature": 2.1}, "TEMPERATURE must be from 0 to 2"),
        ({"temperature": float("nan")}, "TEMPERATURE must be from 0 to 2"),
        ({"seed": -1}, "SEED must be from 0"),
        ({"images": [b""]}, "IMAGES 0 is empty"),
        ({"images": [encoded("PNG"), b"hello there!"]}, "IMAGES 1 is neither a picture nor the base64"),
        ({"images": [base64.b64encode(b"no picture")]}, "IMAGES 0 is not a picture"),
        ({"images": [b"data:image/png;base64," + base64.b64encode(encoded("PNG"))]}, "IMAGES 0 is neither"),
        ({"images": [encoded("PNG")[:60]]}, "IMAGES 0 is not a picture"),
        ({"images": [encoded("PNG", (20_000, 2))]}, "20000 x 2"),
        ({"images": [encoded("PNG")] * 17}, "at most 16"),
        ({"messages": " " * 100_001}, "MESSAGES has 100001 characters"),
    ],
)
def test_says_what_is_wrong(wrong, words):
    with pytest.raises(BadInputError, match=words):
        read_request(inputs(**wrong), SETTINGS)
