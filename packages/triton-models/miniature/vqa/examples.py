"""What one training step sees: pictures of one size, and questions about them."""

from collections import Counter
from dataclasses import dataclass

import numpy
from PIL import Image

from ..blockworld import Picture, Question, Scene, questions_of, relations_of
from ..training import TrainingScenes
from .crops import crop_questions, crop_window
from .patches import patch_targets
from .pictures import views

_CROPS = 0.15
_CROP_SIDES = (44, 92)
# So many of the questions ask how two things stand to each other, and of the same two in all directions: what decides
# is a product of direction and distance, which is learned from contrasts alone.
_RELATIONS = 0.4
# What was painted is smoother than what was drawn.
_SMOOTHED = 0.3


@dataclass(frozen=True)
class Examples:
    """
    size: (height, width) of all b pictures.
    pixels: uint8 [b, v, SIDE, SIDE, 3], their `views`. targets: `patch_targets` of each.
    questions: as many about each, or none.
    """

    size: tuple[int, int]
    pixels: numpy.ndarray
    targets: list[numpy.ndarray]
    questions: list[tuple[Question, ...]]
    scenes: list[Scene]


class Sampler:
    """Draws examples from scenes; each size of pictures as often as it comes."""

    def __init__(self, scenes: TrainingScenes):
        self._scenes = scenes
        self._sizes = [tuple(size) for size in scenes.sizes.tolist()]
        self._groups = {
            size: numpy.flatnonzero((scenes.sizes == size).all(axis=1)) for size in sorted(set(self._sizes))
        }

    def draw(self, generator: numpy.random.Generator, pictures: int, questions: int) -> Examples:
        if generator.random() < _CROPS:
            return self._crops(generator, pictures, questions)
        group = self._groups[self._sizes[generator.integers(len(self._scenes))]]
        return self.whole(generator.choice(group, pictures), generator, questions)

    def whole(self, indices: numpy.ndarray, generator: numpy.random.Generator, questions: int) -> Examples:
        """Whole pictures, all of one size."""
        width, height = self._sizes[indices[0]]
        pixels, targets, asked, scenes = [], [], [], []
        for index in indices:
            scene, masks = self._scenes[index], self._scenes.masks(index)[:, :height, :width]
            picture = Picture(self._scenes.pixels[index, :height, :width], masks, self._scenes.boxes(index))
            scenes.append(scene)
            pixels.append(views(picture.pixels))
            targets.append(patch_targets(scene.things, masks))
            asked.append(_asked(scene, picture, generator, questions) if questions else ())
        return Examples((height, width), numpy.stack(pixels), targets, asked, scenes)

    def _crops(self, generator: numpy.random.Generator, pictures: int, questions: int) -> Examples:
        width, height = generator.integers(*_CROP_SIDES, size=2).tolist()
        pixels, targets, asked, scenes = [], [], [], []
        for index in generator.integers(len(self._scenes), size=pictures):
            scene, boxes, masks = self._scenes[index], self._scenes.boxes(index), self._scenes.masks(index)
            rows, columns = crop_window(boxes, self._sizes[index], (width, height), generator)
            part = masks[:, rows, columns]
            picture = self._scenes.pixels[index, rows, columns]
            scenes.append(scene)
            pixels.append(views(_smooth(picture, generator) if generator.random() < _SMOOTHED else picture))
            targets.append(patch_targets(scene.things, part))
            shares = part.sum(axis=(1, 2)) / masks.sum(axis=(1, 2))
            asked.append(crop_questions(scene, shares, generator, questions))
        return Examples((height, width), numpy.stack(pixels), targets, asked, scenes)


def _asked(scene: Scene, picture: Picture, generator: numpy.random.Generator, count: int) -> tuple[Question, ...]:
    related = relations_of(scene, picture, generator, round(_RELATIONS * count))
    left = count - len(related)
    return related + _balanced(questions_of(scene, picture, generator, 3 * left // 2), left)


def _balanced(questions: tuple[Question, ...], count: int) -> tuple[Question, ...]:
    """`count` of them, of each kind about as many as there are; from scenes that allow too few some come twice."""
    ranks: Counter[str] = Counter()
    ranked = []
    for question in questions:
        ranks[question.kind] += 1
        ranked.append((ranks[question.kind], question))
    ranked.sort(key=lambda item: item[0])
    return tuple(ranked[index % len(ranked)][1] for index in range(count))


def _smooth(picture: numpy.ndarray, generator: numpy.random.Generator) -> numpy.ndarray:
    image, scale = Image.fromarray(picture), generator.uniform(0.5, 0.9)
    small = image.resize([max(8, int(side * scale)) for side in image.size], Image.Resampling.BILINEAR)
    return numpy.asarray(small.resize(image.size, Image.Resampling.BICUBIC))
