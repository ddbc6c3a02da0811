"""Decodes and prepares the pictures of a batch at the same time."""

import io
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import torch
from PIL import Image

from ..errors import ModelError
from ..pictures import PictureLimits, decode_picture
from .request import DetectionRequest


class Prepared(NamedTuple):
    """pixels: what the model takes, float32 [3, height, width]. size: (width, height) of the upright picture."""

    pixels: torch.Tensor
    size: tuple[int, int]


class PicturePool:
    """
    Threads are enough: decoders and tensor operations release the interpreter's lock. Each computes on one core, since
    the pictures of a batch share the cores already; teams of threads that wait for each other are many times slower.
    """

    def __init__(self, prepare: Callable[[Image.Image], torch.Tensor], limits: PictureLimits):
        self._prepare = prepare
        self._limits = limits
        # The number of threads is torch's for the calling thread alone.
        self._threads = ThreadPoolExecutor(
            min(8, os.cpu_count() or 1), "pictures", initializer=torch.set_num_threads, initargs=(1,)
        )

    def prepare(self, requests: Sequence[DetectionRequest]) -> list[Prepared | ModelError]:
        """In the order of the requests; the error in the place of a picture that cannot be decoded."""
        return list(self._threads.map(self._one, requests))

    def _one(self, request: DetectionRequest) -> Prepared | ModelError:
        try:
            picture = decode_picture(request.image, limits=self._limits)
        except ModelError as error:
            return error
        return Prepared(self._prepare(picture), picture.size)


def warm_up_request(grey: int = 128) -> DetectionRequest:
    """A picture of one grey, 0..255, and a phrase, for the first run of a detector."""
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), (grey, grey, grey)).save(buffer, "JPEG")
    return DetectionRequest(buffer.getvalue(), ("a thing",), 0.5)
