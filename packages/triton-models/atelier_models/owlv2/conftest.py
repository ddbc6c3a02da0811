"""Weights and pictures for the tests of detection."""

import io

import numpy
import pytest
from PIL import Image

from ..settings import Owlv2Settings
from .detector import load
from .random_grounding_dino import build_grounding_dino
from .random_weights import build
from .request import DetectionRequest


@pytest.fixture(scope="session")
def owlv2_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("owlv2")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def dino_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("grounding-dino")
    build_grounding_dino(folder)
    return folder


@pytest.fixture
def picture():
    """Makes a picture of soft patches of colour, the same for the same size and seed."""

    def make(width: int, height: int, seed: int = 0) -> Image.Image:
        shape = (-(-height // 16), -(-width // 16), 3)
        patches = numpy.random.default_rng(seed).integers(0, 256, shape, dtype=numpy.uint8)
        return Image.fromarray(patches).resize((width, height), Image.Resampling.BICUBIC)

    return make


@pytest.fixture
def ask(picture):
    """Makes a request about such a picture."""

    def make(width: int, height: int, *phrases: str, threshold: float = 0.0, seed: int = 0) -> DetectionRequest:
        file = io.BytesIO()
        picture(width, height, seed).save(file, "PNG")
        return DetectionRequest(file.getvalue(), phrases, threshold)

    return make


@pytest.fixture
def detector_of():
    """Loads a detector on the CPU. By default nothing but a box's exact double is its rival."""

    def make(folder, **settings):
        return load(Owlv2Settings(**{"model": str(folder), "device": "cpu", "nms_iou": 1.0, **settings}))

    return make
