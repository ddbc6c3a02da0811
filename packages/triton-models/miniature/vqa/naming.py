"""
Patches as words: what the language model reads of a patch shall resemble the embeddings of the words for what the patch
shows. Questions alone get there too, but need many times as long to find out which patch a word is about.
"""

import torch
from torch.nn.functional import cross_entropy
from transformers import Qwen2Tokenizer

from ..blockworld import COLOURS, SHAPES
from ..blockworld.words import plural
from .patches import PatchTargets


class Naming:
    def __init__(self, tokenizer: Qwen2Tokenizer):
        """Each word as it is within a sentence, behind a space, is one token."""
        words = ((0, SHAPES), (0, [plural(shape) for shape in SHAPES]), (1, COLOURS))
        self._words = [(column, [tokenizer(f" {word}").input_ids[0] for word in these]) for column, these in words]

    def loss(self, read: torch.Tensor, embeddings: torch.Tensor, targets: PatchTargets) -> torch.Tensor:
        """read: [p, d], what the language model gets of each patch. embeddings: [vocabulary, d] of its words."""
        there = targets.classes[:, 0] > 0
        known, share = targets.classes[there] - 1, targets.points[there].mean(dim=1)
        seen = torch.nn.functional.rms_norm(read[there].float(), read.shape[1:])
        losses = sum(
            cross_entropy(seen @ embeddings[words].T, known[:, column], reduction="none")
            for column, words in self._words
        )
        return (losses * share).sum() / share.sum()
