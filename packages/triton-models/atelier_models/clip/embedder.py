"""Vectors of pictures and texts for a whole batch of requests."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy
import torch
from PIL import Image
from torch import nn

from ..errors import BadInputError
from ..pictures import decode_picture
from ..settings import ClipSettings
from .kept import Kept, Row
from .prepare import Preparation
from .request import Request
from .tokens import Tokens

# Pictures and texts of one forward: enough to fill a GPU, and memory does not grow with the batch.
_PICTURES_AT_ONCE = 64
_TEXTS_AT_ONCE = 256
_MOST_THREADS = 8


class Embedder:
    """`images` and `texts` are the towers: from the tensors of `prepare` and `tokens` to [n, d] of length 1."""

    def __init__(
        self, settings: ClipSettings, images: nn.Module, texts: nn.Module, prepare: Preparation, tokens: Tokens
    ):
        self.settings = settings
        self._images, self._texts = images, texts
        self._prepare, self._tokens = prepare, tokens
        self._kept_images, self._kept_texts = Kept(settings.vector_cache), Kept(settings.vector_cache)
        self._threads = ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1), "clip-picture")

    @torch.inference_mode()
    def embed(self, requests: Sequence[Request]) -> list[numpy.ndarray | Exception]:
        """
        For each request [n, d] float32, a row of length 1 for each of its elements, in order; or the `BadInputError`
        of its first picture that cannot be decoded. All pictures go through the tower together, and all texts.
        """
        named = [(f"IMAGES {index}", data) for request in requests for index, data in enumerate(request.images)]
        words = [text for request in requests for text in request.texts]
        images = iter(
            self._kept_images.rows(
                [data for _, data in named], lambda missing: self._image_rows([named[index] for index in missing])
            )
        )
        texts = iter(
            self._kept_texts.rows(
                [text.encode() for text in words], lambda missing: self._text_rows([words[index] for index in missing])
            )
        )
        return [
            _together([next(images) for _ in request.images] + [next(texts) for _ in request.texts])
            for request in requests
        ]

    @torch.inference_mode()
    def warm_up(self) -> None:
        """Both towers, with the numbers and lengths that make every program that `compile_forward` speaks of."""
        picture = self._prepare.shrink(Image.new("RGB", (64, 48), "grey"))
        for count, text in ((1, "warm"), (2, "a warm day"), (1, "two warm days")):
            self._images(**self._prepare.collate([picture] * count))
            self._text_rows([text] * count)

    def _text_rows(self, texts: list[str]) -> Sequence[numpy.ndarray]:
        return _on_cpu([self._texts(**self._tokens(part)) for part in _parts(texts, _TEXTS_AT_ONCE)])

    def _image_rows(self, named: list[tuple[str, bytes]]) -> list[Row]:
        """For each picture its row or what is wrong with it. A GPU works on one part while the next is decoded."""
        failures, computed = [], []
        for part in _parts(named, _PICTURES_AT_ONCE):
            shrunk = list(self._threads.map(self._shrink, part))
            failures += [outcome if isinstance(outcome, BadInputError) else None for outcome in shrunk]
            readable = [outcome for outcome in shrunk if not isinstance(outcome, BadInputError)]
            if readable:
                computed.append(self._images(**self._prepare.collate(readable)))
        rows = iter(_on_cpu(computed))
        return [failure or next(rows) for failure in failures]

    def _shrink(self, named: tuple[str, bytes]):
        name, data = named
        try:
            return self._prepare.shrink(decode_picture(data, name, self.settings.picture_limits))
        except BadInputError as error:
            return error


def _parts(items: Sequence, size: int) -> list[Sequence]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def _on_cpu(parts: list[torch.Tensor]) -> Sequence[numpy.ndarray]:
    """[n, d] of all the parts: copied once, so that the device is waited for once."""
    return torch.cat(parts).cpu().numpy() if parts else ()


def _together(rows: list[numpy.ndarray | Exception]) -> numpy.ndarray | Exception:
    failure = next((row for row in rows if isinstance(row, Exception)), None)
    return failure or numpy.stack(rows)
