"""Scenes for the tests, drawn in the process itself."""

import numpy
import pytest

from ..blockworld import random_scene, render
from .model import SIDE
from .tokenizer import word_tokenizer


class FewScenes:
    """As `TrainingScenes`."""

    def __init__(self, count: int):
        self._scenes = [random_scene("train", index) for index in range(count)]
        self._pictures = [render(scene) for scene in self._scenes]
        self.sizes = numpy.array([(scene.width, scene.height) for scene in self._scenes])
        self.pixels = numpy.zeros((count, SIDE, SIDE, 3), numpy.uint8)
        for padded, picture in zip(self.pixels, self._pictures, strict=True):
            padded[: picture.pixels.shape[0], : picture.pixels.shape[1]] = picture.pixels

    def __len__(self) -> int:
        return len(self._scenes)

    def __getitem__(self, index: int):
        return self._scenes[index]

    def boxes(self, index: int) -> numpy.ndarray:
        return self._pictures[index].boxes

    def masks(self, index: int) -> numpy.ndarray:
        masks = self._pictures[index].masks
        return numpy.pad(masks, ((0, 0), (0, SIDE - masks.shape[1]), (0, SIDE - masks.shape[2])))


@pytest.fixture(scope="session")
def scenes():
    return FewScenes(12)


@pytest.fixture(scope="session")
def tokenizer():
    return word_tokenizer()
