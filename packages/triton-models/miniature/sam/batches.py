"""Batches of scenes with their prompts."""

from dataclasses import dataclass

import numpy
import torch

from .prompts import PromptGroup, sample_group

# ImageNet's, as of all published weights.
_MEAN, _STD = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
# Shapes of prompts that are less usual, (points, with a box); each batch has one of them.
_FURTHER = ((2, False), (3, False), (1, True), (2, True))


@dataclass(frozen=True)
class Batch:
    """
    pixels: [n, 3, side, side] float32, normalised as production does. instances: [n, side, side] int64, the thing's
    index + 1, 0 beside all.
    """

    pixels: torch.Tensor
    instances: torch.Tensor
    groups: list[PromptGroup]

    def to(self, device: str) -> "Batch":
        groups = [group.to(device) for group in self.groups]
        return Batch(self.pixels.to(device), self.instances.to(device), groups)


def sample_batch(scenes, size: int, generator: numpy.random.Generator, chances: numpy.ndarray | None = None) -> Batch:
    """
    `size` scenes, half of them mirrored: each with 2 boxes, 2 single points, and a prompt of another shape.
    chances: of each scene to be among them; without it all have the same.
    """
    indices = generator.choice(len(scenes), size, replace=False, p=chances)
    mirrored = generator.random(size) < 0.5
    pictures, sizes = scenes.pixels[numpy.sort(indices)], scenes.sizes[numpy.sort(indices)]
    views = [
        _view(pixels, scenes.masks(index), scenes.boxes(index), tuple(extent), flip)
        for pixels, extent, index, flip in zip(pictures, sizes, numpy.sort(indices), mirrored, strict=True)
    ]
    pixels, masks, boxes = zip(*views, strict=True)
    further = _FURTHER[generator.integers(len(_FURTHER))]
    shapes = ((2, 0, True), (2, 1, False), (1, *further))
    groups = [sample_group(masks, boxes, count, points, boxed, generator) for count, points, boxed in shapes]
    instances = numpy.stack([_instances(of_picture) for of_picture in masks])
    return Batch(normalised(numpy.stack(pixels), sizes), torch.from_numpy(instances), groups)


def normalised(pixels: numpy.ndarray, sizes: numpy.ndarray) -> torch.Tensor:
    """[n, side, side, 3] uint8 and (width, height) of each -> [n, 3, side, side], zeros beside the pictures."""
    values = ((torch.from_numpy(pixels) / 255 - _MEAN) / _STD).permute(0, 3, 1, 2)
    inside = torch.zeros(len(pixels), 1, *pixels.shape[1:3])
    for place, (width, height) in zip(inside, sizes, strict=True):
        place[:, :height, :width] = 1
    return values * inside


def _view(pixels: numpy.ndarray, masks: numpy.ndarray, boxes: numpy.ndarray, size: tuple[int, int], flip: bool):
    """Left and right exchanged within the picture, what lies beside it stays."""
    if not flip:
        return pixels, masks, boxes
    width = size[0]
    pixels, masks, boxes = pixels.copy(), masks.copy(), boxes.copy()
    pixels[:, :width] = pixels[:, :width][:, ::-1].copy()
    masks[:, :, :width] = masks[:, :, :width][:, :, ::-1].copy()
    boxes[:, [0, 2]] = width - boxes[:, [2, 0]]
    return pixels, masks, boxes


def _instances(masks: numpy.ndarray) -> numpy.ndarray:
    return (masks * numpy.arange(1, len(masks) + 1)[:, None, None]).sum(axis=0)
