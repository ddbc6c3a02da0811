"""
What the language model should find for a noun: its second layer looks at the middles of the things that the phrase
fits, and as much at the beginning as at one of them, so that it can tell how many they are; and where. Questions alone
get there too, but need many times as long. Only training has these heads.
"""

from dataclasses import dataclass

import numpy
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from ..blockworld import COLOURS, MOST_THINGS, SHAPES, Query, Scene
from .attention import Probe
from .model import GRID, SIDE

LAYER, _HEADS = 1, 2
# Numbers of things, (x, y) and half extents, shape, colour.
_ANSWERS = (MOST_THINGS + 1, 4, len(SHAPES), len(COLOURS))
_MIDDLES = (numpy.arange(GRID * GRID)[:, None] // (1, GRID) % GRID + 0.5) / GRID


@dataclass(frozen=True)
class Referents:
    """
    What m mentions refer to.
    patches: [m, v * GRID * GRID] amounts of attention, 1 for each thing that fits. numbers: [m] of things.
    places: [m, 4] (x, y) and half extents of one, in sides of the squashed view; classes: [m, 2] its shape and colour;
    both only where the number is 1.
    """

    patches: torch.Tensor
    numbers: torch.Tensor
    places: torch.Tensor
    classes: torch.Tensor

    @staticmethod
    def of(mentions: list[tuple[int, Query]], scenes: list[Scene], targets: list[numpy.ndarray]) -> "Referents":
        """mentions: of the pictures with these numbers; targets: `patch_targets` of the pictures."""
        seen = [_things(scene, target) for scene, target in zip(scenes, targets, strict=True)]
        rows = [_referent(query, scenes[picture], *seen[picture]) for picture, query in mentions]
        patches, numbers, places, classes = (numpy.stack(column) for column in zip(*rows, strict=True))
        return Referents(*(torch.from_numpy(column) for column in (patches, numbers, places, classes)))


def _things(scene: Scene, target: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    """
    For each of k things [k, v * GRID * GRID] the patches nearest to its middle in the views, together 1, or nothing
    where it is not to be seen; and its place [k, 4].
    """
    owners, away = target[..., -1], numpy.abs(target[..., 3:5]).max(axis=-1)
    patches = numpy.zeros((len(scene.things), *owners.shape), dtype=numpy.float32)
    places = numpy.zeros((len(scene.things), 4), dtype=numpy.float32)
    for index in range(len(scene.things)):
        own = owners == index + 1
        if own.any(axis=1).all():
            middles = numpy.where(own, away, numpy.inf).argmin(axis=1)
            patches[index, numpy.arange(len(own)), middles] = 1 / len(own)
            first = middles[0]
            places[index] = target[0, first, 3:7] * 16 / SIDE
            places[index, :2] += _MIDDLES[first]
    return patches.reshape(len(patches), -1), places


def _referent(query: Query, scene: Scene, patches: numpy.ndarray, places: numpy.ndarray) -> tuple:
    fitting = [index for index in query.things(scene) if patches[index].any()]
    if not fitting:
        return (
            numpy.zeros_like(patches[0]),
            numpy.int64(0),
            numpy.zeros_like(places[0]),
            numpy.zeros(2, dtype=numpy.int64),
        )
    thing = scene.things[fitting[0]]
    classes = numpy.array([SHAPES.index(thing.shape), COLOURS.index(thing.colour)])
    return patches[fitting].sum(axis=0), numpy.int64(len(fitting)), places[fitting[0]], classes


class GroundingHeads(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, sum(_ANSWERS))

    def loss(self, hidden: torch.Tensor, referents: Referents) -> torch.Tensor:
        """hidden: [m, width] of the nouns behind the layer that looked."""
        numbers, places, *classes = self.out(self.norm(hidden)).float().split(_ANSWERS, dim=1)
        one = referents.numbers == 1
        loss = cross_entropy(numbers, referents.numbers) + 4 * (places - referents.places)[one].abs().mean()
        for index, logits in enumerate(classes):
            loss = loss + 0.5 * cross_entropy(logits[one], referents.classes[one, index])
        return loss


def looking_loss(probe: Probe, referents: Referents, tokens: torch.Tensor, ahead: int) -> tuple[torch.Tensor, float]:
    """
    Cross entropy of attention against where it should be, and how much of it goes to things that fit, where
    some do.
    tokens: [n] the patch of each of the picture's tokens, or -1; ahead: so many tokens are before them.
    """
    wanted = torch.zeros(len(referents.numbers), probe.scores.shape[-1])
    there = tokens >= 0
    wanted[:, ahead : ahead + len(tokens)][:, there] = referents.patches[:, tokens[there]]
    # Square pictures have each patch twice.
    wanted = wanted * (referents.numbers / wanted.sum(dim=1).clamp(min=1e-6))[:, None]
    wanted[:, 0] = 1
    wanted = wanted / wanted.sum(dim=1, keepdim=True)
    shares = probe.scores[:, :_HEADS].float().log_softmax(dim=-1)
    loss = -(wanted[:, None] * shares).sum(dim=-1).mean()
    found = referents.numbers > 0
    right = (shares.exp() * (wanted[:, None] > 0))[found, :, 1:].sum(dim=-1).mean().item()
    return loss, right
