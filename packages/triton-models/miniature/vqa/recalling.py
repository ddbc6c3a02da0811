"""
What the place before an answer should know: where each thing is that the question names, and how many there are. From
"yes" and "no" alone a small model does not find within hours that it has to compare two places; told to bring
both together, it does. Only training has this head.
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


class RecallHead(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, _MENTIONS * (_NUMBERS + _PLACE))

    def loss(self, hidden: torch.Tensor, packed: Packed, referents: Referents) -> torch.Tensor:
        """hidden: [b, t, width], what stands at the places of questions behind the layer."""
        asked = [
            (picture, place, rank, number)
            for picture, place, mentions in packed.answers
            for rank, number in enumerate(mentions[:_MENTIONS])
        ]
        pictures, places, ranks, numbers = torch.tensor(asked).T
        out = self.out(self.norm(hidden[pictures, places])).float().view(len(asked), _MENTIONS, -1)
        counts, found = out[torch.arange(len(asked)), ranks].split((_NUMBERS, _PLACE), dim=1)
        there = referents.numbers[numbers]
        one = there == 1
        return cross_entropy(counts, there) + 4 * (found - referents.places[numbers])[one].abs().mean()
