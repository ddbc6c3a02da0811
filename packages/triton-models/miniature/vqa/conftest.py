import numpy
import pytest
import torch

from miniature.blockworld import Scene, random_scene, render
from miniature.vqa.learner import Learner
from miniature.vqa.model import make_model
from miniature.vqa.tokenizer import train_tokenizer
from miniature.vqa.train import words_of_the_world


class FewScenes:
    """As `TrainingScenes`, without its files."""

    def __init__(self, count: int):
        self._scenes = [random_scene("train", index) for index in range(count)]
        self._pictures = [render(scene) for scene in self._scenes]
        self.sizes = numpy.array([(scene.width, scene.height) for scene in self._scenes])
        self.pixels = numpy.stack([_padded(picture.pixels, 0) for picture in self._pictures])

    def __len__(self) -> int:
        return len(self._scenes)

    def __getitem__(self, index: int) -> Scene:
        return self._scenes[index]

    def boxes(self, index: int) -> numpy.ndarray:
        return self._pictures[index].boxes

    def masks(self, index: int) -> numpy.ndarray:
        return _padded(self._pictures[index].masks, 1)


def _padded(values: numpy.ndarray, axis: int) -> numpy.ndarray:
    widths = [(0, 128 - side if place in (axis, axis + 1) else 0) for place, side in enumerate(values.shape)]
    return numpy.pad(values, widths)


@pytest.fixture(scope="session")
def scenes() -> FewScenes:
    return FewScenes(12)


@pytest.fixture(scope="session")
def tokenizer():
    return train_tokenizer(words_of_the_world(20))


@pytest.fixture
def learner(tokenizer) -> Learner:
    torch.manual_seed(0)
    return Learner(make_model(tokenizer), tokenizer)
