import numpy
import pytest
from PIL import Image

from atelier_models.settings import VqaSettings
from atelier_models.vqa.load import load
from atelier_models.vqa.messages import Message
from atelier_models.vqa.random_weights import build
from atelier_models.vqa.request import VqaRequest


@pytest.fixture(scope="session")
def weights(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vqa")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def answerer(weights):
    return load(VqaSettings(model=str(weights), device="cpu", at_once=3))


@pytest.fixture(scope="session")
def one(answerer):
    """A copy of the model and its processor, as an answer has it."""
    copy = answerer._copies.get()
    yield copy
    answerer._copies.put(copy)


@pytest.fixture(scope="session")
def picture():
    def make(seed: int, width: int = 90, height: int = 60) -> Image.Image:
        return Image.fromarray(numpy.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=numpy.uint8))

    return make


@pytest.fixture(scope="session")
def question(picture):
    def make(text="what is it?", pictures=1, most_tokens=24, temperature=0.0, seed=0) -> VqaRequest:
        parts = (*range(pictures), text)
        shown = tuple(picture(number, 90 + 20 * number) for number in range(pictures))
        return VqaRequest((Message("user", parts),), shown, most_tokens, temperature, seed)

    return make


@pytest.fixture(scope="session")
def tell():
    """(text, ending) of a whole answer."""

    def told(answerer, request):
        *pieces, ending = answerer.answer(request)
        assert all(isinstance(piece, str) and piece for piece in pieces)
        return "".join(pieces), ending

    return told
