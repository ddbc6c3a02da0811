"""What the image tower made of pictures, so that further phrases on one cost only the heads."""

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch

from ..errors import ModelError
from ..recently_used import RecentlyUsed
from .prepare import PicturePool
from .request import DetectionRequest


class Encoded(NamedTuple):
    """features: [patches, width] on the device. size: (width, height) of the upright picture."""

    features: torch.Tensor
    size: tuple[int, int]


class KnownPictures:
    """Keeps the features of the pictures used last, by the SHA-256 of their files."""

    def __init__(self, pool: PicturePool, encode: Callable[[torch.Tensor], torch.Tensor], budget: int):
        """encode: [batch, patches, width] of pixels [batch, 3, height, width]. budget: bytes of kept features."""
        self._pool = pool
        self._encode = encode
        self._kept: RecentlyUsed[bytes, Encoded] = RecentlyUsed(budget, lambda encoded: encoded.features.nbytes)

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def nbytes(self) -> int:
        return self._kept.size

    def of(self, requests: Sequence[DetectionRequest]) -> list[Encoded | ModelError]:
        """
        In the order of the requests; the error in the place of a picture that cannot be decoded, which is not kept.
        Only pictures that are not known are decoded, all at the same time, and encoded, each once, in one batch.
        """
        keys = [hashlib.sha256(request.image).digest() for request in requests]
        found = {key: encoded for key in keys if (encoded := self._kept.get(key)) is not None}
        new = {key: request for key, request in zip(keys, requests, strict=True) if key not in found}
        found.update(self._new(new))
        return [found[key] for key in keys]

    def _new(self, new: dict[bytes, DetectionRequest]) -> dict[bytes, Encoded | ModelError]:
        results: dict = dict(zip(new, self._pool.prepare(list(new.values())), strict=True))
        ready = {key: result for key, result in results.items() if not isinstance(result, ModelError)}
        if ready:
            rows = self._encode(torch.stack([prepared.pixels for prepared in ready.values()]))
            for (key, prepared), row in zip(ready.items(), rows, strict=True):
                # Cloned: a view would keep the memory of its whole batch.
                results[key] = Encoded(row.clone(), prepared.size)
                self._kept.put(key, results[key])
        return results
