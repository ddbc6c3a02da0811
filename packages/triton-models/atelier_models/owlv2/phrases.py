"""Embeddings of phrases, computed once: the same few phrases are asked for again and again."""

from collections.abc import Callable, Sequence

import torch

from ..recently_used import RecentlyUsed

# Phrases that are embedded in one run of the text tower.
_AT_ONCE = 256


class PhraseEmbeddings:
    """Keeps the embeddings of the phrases used last."""

    def __init__(self, embed: Callable[[list[str]], torch.Tensor], most: int):
        """embed: [n, width] of n phrases. most: how many are kept; 0: none."""
        self._embed = embed
        self._kept: RecentlyUsed[str, torch.Tensor] = RecentlyUsed(most)

    def __len__(self) -> int:
        return len(self._kept)

    def batch(self, lists: Sequence[Sequence[str]]) -> tuple[torch.Tensor, torch.Tensor]:
        """
        (embeddings [lists, longest, width], mask [lists, longest] bool) of lists of phrases of any length; the
        embeddings of a shorter list end with zeros, where the mask is False.
        """
        known = self._lookup([phrase for phrases in lists for phrase in phrases])
        rows = [torch.stack([known[phrase] for phrase in phrases]) for phrases in lists]
        embeddings = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
        lengths = torch.tensor([len(phrases) for phrases in lists], device=embeddings.device)
        return embeddings, torch.arange(embeddings.shape[1], device=embeddings.device) < lengths[:, None]

    def _lookup(self, phrases: list[str]) -> dict[str, torch.Tensor]:
        wanted = dict.fromkeys(phrases)
        found = {phrase: row for phrase in wanted if (row := self._kept.get(phrase)) is not None}
        missing = [phrase for phrase in wanted if phrase not in found]
        for first in range(0, len(missing), _AT_ONCE):
            some = missing[first : first + _AT_ONCE]
            # Cloned: a view would keep the memory of its whole batch.
            found.update(zip(some, (row.clone() for row in self._embed(some)), strict=True))
        for phrase in wanted:
            self._kept.put(phrase, found[phrase])
        return found
