"""Embeddings of pictures that were sent before, so that a further prompt costs only the decoder."""

from collections import OrderedDict
from dataclasses import dataclass

import torch

from .frame import Frame


@dataclass(frozen=True)
class Embedding:
    """What the image encoder made of one picture: feature maps [channels, height, width], the coarsest last."""

    features: tuple[torch.Tensor, ...]
    frame: Frame

    @property
    def nbytes(self) -> int:
        return sum(feature.nbytes for feature in self.features)


class EmbeddingCache:
    """
    Embeddings by the key of their picture, `budget` bytes in all, on the device where they were computed. The longest
    unused go first. One that is larger than the whole budget is not kept. For one thread.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._entries: OrderedDict[str, Embedding] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def nbytes(self) -> int:
        return self._bytes

    def get(self, key: str) -> Embedding | None:
        embedding = self._entries.get(key)
        if embedding is not None:
            self._entries.move_to_end(key)
        return embedding

    def put(self, key: str, embedding: Embedding) -> None:
        if embedding.nbytes > self._budget:
            return
        old = self._entries.pop(key, None)
        self._bytes += embedding.nbytes - (old.nbytes if old else 0)
        self._entries[key] = embedding
        while self._bytes > self._budget:
            self._bytes -= self._entries.popitem(last=False)[1].nbytes
