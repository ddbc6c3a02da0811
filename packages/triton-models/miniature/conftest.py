import numpy
import pytest
import torch

from miniature.blockworld import Scene, random_scene, render
from miniature.training.scenes import SIDE


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    """Models are so small that threads mostly wait for each other, for minutes where other work has the processors."""
    torch.set_num_threads(1)


class FewScenes:
    """As `TrainingScenes`, drawn in the process itself and without files."""

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
    """Zeros below and to the right; height and width are the axes from `axis` on."""
    widths = [(0, SIDE - side if place in (axis, axis + 1) else 0) for place, side in enumerate(values.shape)]
    return numpy.pad(values, widths)


@pytest.fixture(scope="session")
def scenes() -> FewScenes:
    return FewScenes(12)
