"""
What each patch of a picture shows, as a second thing to learn: questions alone tell the vision tower too little at
first. Only training has these heads.
"""

from dataclasses import dataclass

import numpy
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from ..blockworld import COLOURS, SHAPES, SIZES, Thing
from .model import GRID, SIDE
from .pictures import fitted

# Of 16 points of a patch, so many belong to the thing that it is said to show.
_LEAST_POINTS = 3
_POINTS = 4 * GRID
_HEADS = (len(SHAPES), len(COLOURS), len(SIZES), 1, 4, 1, 16)
# Shapes are the hardest to see.
_CLASS_WEIGHTS = (2.0, 0.7, 0.5)
# Scale of distances, pixels.
_UNIT = 16.0
_COLUMNS = 8 + 16 + 1


@dataclass(frozen=True)
class PatchTargets:
    """
    For p patches in all: classes [p, 3] int64, shape, colour and size of the thing it shows, 0 where it is ground;
    places [p, 4] float32, from the patch's centre to the thing's (x, y) and half its extents, in units of 16 pixels of
    the view; centres [p] float32, 1 where the thing's centre is; points [p, 16] float32, 1 where its silhouette is.
    """

    classes: torch.Tensor
    places: torch.Tensor
    centres: torch.Tensor
    points: torch.Tensor

    def middles(self) -> torch.Tensor:
        """[p, 2] (x, y) of the things' centres in sides of the view; only where there are things."""
        patch = torch.arange(len(self.places)) % (GRID * GRID)
        own = torch.stack([patch % GRID, patch // GRID], dim=1) + 0.5
        return own / GRID + self.places[:, :2] * (_UNIT / SIDE)

    @staticmethod
    def stack(pictures: list[numpy.ndarray]) -> "PatchTargets":
        """Of `patch_targets` of each."""
        values = torch.from_numpy(numpy.concatenate([picture.reshape(-1, _COLUMNS) for picture in pictures]))
        return PatchTargets(values[:, :3].long(), values[:, 3:7], values[:, 7], values[:, 8:24])


def patch_targets(things: tuple[Thing, ...], masks: numpy.ndarray) -> numpy.ndarray:
    """
    [v, GRID * GRID, 25] float32 of the `views` of a picture with these things, the columns in the order of
    `PatchTargets`, the last one the number of the thing, from 1. masks: [k, h, w], what is seen of each.
    """
    height, width = masks.shape[1:]
    frames = [(0, 0, SIDE, SIDE)] if height == width else [(0, 0, SIDE, SIDE), fitted(height, width)]
    return numpy.stack([_view(things, masks, frame) for frame in frames])


def _view(things: tuple[Thing, ...], masks: numpy.ndarray, frame: tuple[int, int, int, int]) -> numpy.ndarray:
    top, left, tall, wide = frame
    grid = (numpy.arange(_POINTS) + 0.5) * (SIDE / _POINTS)
    rows, row_there = _points(grid - top, tall, masks.shape[1])
    columns, column_there = _points(grid - left, wide, masks.shape[2])
    seen = masks[:, rows][:, :, columns] & row_there[:, None] & column_there
    points = seen.reshape(-1, GRID, 4, GRID, 4).swapaxes(2, 3).reshape(-1, GRID * GRID, 16)
    counts = points.sum(axis=2)
    targets = numpy.zeros((GRID * GRID, _COLUMNS), dtype=numpy.float32)
    middle = (numpy.arange(GRID) + 0.5) * (SIDE / GRID)
    middles = numpy.stack(numpy.meshgrid(middle, middle), axis=-1).reshape(-1, 2)
    best = counts.argmax(axis=0)
    for index, thing in enumerate(things):
        rows_of, columns_of = numpy.flatnonzero(seen[index].any(axis=1)), numpy.flatnonzero(seen[index].any(axis=0))
        if not len(rows_of):
            continue
        low, high = (grid[[columns_of[end], rows_of[end]]] for end in (0, -1))
        centre = (low + high) / 2
        own = (best == index) & (counts[index] >= _LEAST_POINTS)
        targets[own, :3] = SHAPES.index(thing.shape) + 1, COLOURS.index(thing.colour) + 1, SIZES.index(thing.size) + 1
        targets[own, 3:5] = (centre - middles[own]) / _UNIT
        targets[own, 5:7] = (high - low) / 2 / _UNIT
        targets[own, 8:24] = points[index, own]
        targets[own, 24] = index + 1
        column, row = (centre / (SIDE / GRID)).astype(int)
        targets[row * GRID + column, 7] = 1
    return targets


def _points(points: numpy.ndarray, length: int, pixels: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The pixels at the points of a frame, and which of the points are in it."""
    pixel = numpy.floor(points * (pixels / length)).astype(int)
    return numpy.clip(pixel, 0, pixels - 1), (pixel >= 0) & (pixel < pixels)


class PatchHeads(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, sum(_HEADS))

    def forward(self, patches: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """patches [..., width] to what `_HEADS` counts: classes, whether a thing, places, centres, points; logits."""
        return self.out(self.norm(patches.flatten(0, -2))).float().split(_HEADS, dim=1)

    def loss(self, patches: torch.Tensor, targets: PatchTargets) -> tuple[torch.Tensor, dict[str, float]]:
        """The sum of all losses, and the shares of what is seen of things whose shape, colour and size are right."""
        *classes, thing, places, centres, points = self(patches)
        there = targets.classes[:, 0] > 0
        known = targets.classes[there] - 1
        # At the rim of a thing there is little to see.
        share = targets.points[there].mean(dim=1)
        loss = binary_cross_entropy_with_logits(thing[:, 0], there.float())
        loss = loss + 2 * binary_cross_entropy_with_logits(centres[:, 0], targets.centres)
        loss = loss + binary_cross_entropy_with_logits(points[there], targets.points[there])
        loss = loss + (places - targets.places)[there].abs().mean()
        right = []
        for index, (logits, weight) in enumerate(zip(classes, _CLASS_WEIGHTS, strict=True)):
            losses = cross_entropy(logits[there], known[:, index], reduction="none")
            loss = loss + weight * (losses * share).sum() / share.sum()
            right.append(((logits[there].argmax(1) == known[:, index]) * share).sum().item() / share.sum().item())
        return loss, dict(zip(("patch_shape", "patch_colour", "patch_size"), right, strict=True))
