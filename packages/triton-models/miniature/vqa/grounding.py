"""
What the language model should find for a noun: its second layer looks at the patches of the things that the phrase
fits, and then knows how many they are and where. Questions alone get there too, but need many times as long. Only
training has these heads.
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
    What m mentions refer to. patches: [m, v * GRID * GRID] shares of attention that add up to 1, or to 0 where nothing
    fits. numbers: [m] things. places: [m, 4] (x, y) and half extents of one, in sides of the squashed view; classes:
    [m, 2] its shape and colour; both only where the number is 1.
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
    """For each of k things its patches [k, v * GRID * GRID], shares that add up to 1 or all 0, and its place [k, 4]."""
    owners, shares = target[..., -1], target[..., 8:24].mean(axis=-1)
    patches = numpy.zeros((len(scene.things), owners.size), dtype=numpy.float32)
    places = numpy.zeros((len(scene.things), 4), dtype=numpy.float32)
    for index in range(len(scene.things)):
        own = owners == index + 1
        if own[0].any():
            patches[index] = (shares * own).ravel() / (shares * own).sum()
            first = own[0].argmax()
            places[index] = target[0, first, 3:7] * 16 / SIDE
            places[index, :2] += _MIDDLES[first]
    return patches, places


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
    return patches[fitting].mean(axis=0), numpy.int64(len(fitting)), places[fitting[0]], classes


class GroundingHeads(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.out = nn.utils.skip_init(nn.Linear, width, sum(_ANSWERS))
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

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
    Cross entropy of attention against where it should be, and the share of it that is right where something fits.
    tokens: [n] the patch of each of the picture's tokens, or -1; ahead: so many tokens are before them. What finds
    nothing looks at the very first token.
    """
    wanted = torch.zeros(len(referents.numbers), probe.scores.shape[-1])
    there = tokens >= 0
    wanted[:, ahead : ahead + len(tokens)][:, there] = referents.patches[:, tokens[there]]
    wanted[:, 0] = (referents.numbers == 0).float()
    wanted = wanted / wanted.sum(dim=1, keepdim=True)
    shares = probe.scores[:, :_HEADS].float().log_softmax(dim=-1)
    loss = -(wanted[:, None] * shares).sum(dim=-1).mean()
    found = referents.numbers > 0
    right = (shares.exp() * (wanted[:, None] > 0)).sum(dim=-1)[found].mean().item()
    return loss, right
