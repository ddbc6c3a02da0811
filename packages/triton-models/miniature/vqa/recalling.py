"""
What the place before an answer should know: where each thing is that the question names, how many there are, and which
direction is asked about. "Yes" and "no" alone tell nothing of any of these, only of all together, so that a small model
does not find them within hours. Only training has this head.
"""

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from ..blockworld import MOST_THINGS
from .grounding import LAYER, Referents
from .packing import Packed

# One behind the layer that finds what nouns are about; the layers after it can compare.
RECALLING_LAYER = LAYER + 1
_MENTIONS = 2
_NUMBERS, _PLACE = MOST_THINGS + 1, 4
_DIRECTIONS = ("to the left of", "to the right of", "above", "below")


def direction_in(question: str) -> int:
    """Number of the direction, from 1; 0 where none is asked about."""
    return next((number for number, words in enumerate(_DIRECTIONS, 1) if words in question), 0)


class RecallHead(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, _MENTIONS * (_NUMBERS + _PLACE))
        self.direction = nn.Linear(width, 1 + len(_DIRECTIONS))

    def loss(self, hidden: torch.Tensor, packed: Packed, referents: Referents) -> torch.Tensor:
        """hidden: [b, t, width], what stands at the places of questions behind the layer."""
        asked = [
            (picture, place, rank, number)
            for picture, place, mentions, _ in packed.answers
            for rank, number in enumerate(mentions[:_MENTIONS])
        ]
        pictures, places, ranks, numbers = torch.tensor(asked).T
        out = self.out(self.norm(hidden[pictures, places])).float().view(len(asked), _MENTIONS, -1)
        counts, found = out[torch.arange(len(asked)), ranks].split((_NUMBERS, _PLACE), dim=1)
        there = referents.numbers[numbers]
        one = there == 1
        loss = cross_entropy(counts, there) + 4 * (found - referents.places[numbers])[one].abs().mean()
        return loss + 2 * self._direction_loss(hidden, packed)

    def _direction_loss(self, hidden: torch.Tensor, packed: Packed) -> torch.Tensor:
        pictures, places, directions = torch.tensor([(one[0], one[1], one[3]) for one in packed.answers]).T
        return cross_entropy(self.direction(self.norm(hidden[pictures, places])).float(), directions)
