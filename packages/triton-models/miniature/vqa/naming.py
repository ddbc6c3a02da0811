"""
Patches as words: what the language model reads of a patch shall resemble the embeddings of the words for what the patch
shows, and say where that is. Questions alone get there too, but need many times as long to find out which patch a word
is about. Only training has these heads.
"""

import torch
from torch import nn
from torch.nn.functional import cross_entropy, rms_norm
from transformers import Qwen2Tokenizer

from ..blockworld import COLOURS, SHAPES
from ..blockworld.words import plural
from .patches import PatchTargets

_PLACES = 4.0


class NamingHeads(nn.Module):
    def __init__(self, tokenizer: Qwen2Tokenizer, width: int):
        """Each word as it is within a sentence, behind a space, is one token."""
        super().__init__()
        words = ((0, SHAPES), (0, [plural(shape) for shape in SHAPES]), (1, COLOURS))
        self._words = [(column, [tokenizer(f" {word}").input_ids[0] for word in these]) for column, these in words]
        self.place = nn.Linear(width, 2)

    def loss(
        self, read: torch.Tensor, embeddings: torch.Tensor, targets: PatchTargets
    ) -> tuple[torch.Tensor, dict[str, float]]:
        """
        read: [p, d], what the language model gets of each patch. embeddings: [vocabulary, d] of its words. Also the two
        parts: of the names, and how far places are off, in sides of the view.
        """
        there = targets.classes[:, 0] > 0
        known, share = targets.classes[there] - 1, targets.points[there].mean(dim=1)
        seen = rms_norm(read[there].float(), read.shape[1:])
        names = sum(
            cross_entropy(seen @ embeddings[words].T, known[:, column], reduction="none")
            for column, words in self._words
        )
        off = (self.place(seen).float() - targets.middles()[there]).abs().mean(dim=1)
        names, off = ((values * share).sum() / share.sum() for values in (names, off))
        return names + _PLACES * off, {"names": names.item(), "off": off.item()}
