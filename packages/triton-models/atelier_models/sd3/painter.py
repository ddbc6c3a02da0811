"""Paints pictures with one instance of a diffusers model: from words, or into the masked part of a picture."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import diffusers
import numpy
import torch
import transformers
from PIL import Image

from ..errors import CancelledError
from ..inputs import Inputs
from ..pictures import encode_png
from ..settings import Sd3Settings
from ..weights.locate import weights_folder
from .families.choose import load_family
from .families.family import Family
from .request import PaintRequest, read_request
from .worker import Worker

# Pixels and guidance. torch.compile keeps a size fixed until it sees a second one; without guidance there is one row
# instead of two, for which it makes a program of its own.
_WARM_UP = ((128, 128, 7.0), (192, 160, 1.0), (160, 192, 7.0), (128, 160, 1.0))
Outputs = Mapping[str, numpy.ndarray]


class Painter:
    """Paints one picture at a time, whatever thread asks."""

    def __init__(self, family: Family, settings: Sd3Settings):
        self._family = family
        self.settings = settings
        self._worker = Worker("painter")

    def read(self, inputs: Inputs) -> PaintRequest:
        """Raises `BadInputError` for what no picture can be painted from, before any work is done."""
        request = read_request(inputs, self.settings)
        self._family.check(request)
        return request

    def paint(self, request: PaintRequest, is_cancelled: Callable[[], bool]) -> Iterator[Outputs]:
        """
        Yields STEP and STEPS (int32 [1], STEP from 1) after each denoising step and at last IMAGE (BYTES [1], a PNG of
        `width` x `height`). Asks `is_cancelled` from another thread before the text is encoded and after each step, so
        also before the picture is decoded; then, and when the iterator is closed, nothing is left running.
        Raises `CancelledError`.
        """
        return self._worker.stream(
            lambda give, stopped: self._paint(request, give, lambda: stopped() or is_cancelled())
        )

    def warm_up(self) -> None:
        """Both ways of painting, so that the first request does not pay for what is made on first use."""
        for width, height, guidance in _WARM_UP if self.settings.compile else _WARM_UP[:1]:
            words = PaintRequest("a warm stone", "", None, None, width, height, 2, guidance, strength=1.0, seed=0)
            size = (width, height)
            picture = replace(words, image=Image.new("RGB", size, "gray"), mask=Image.new("L", size, 255))
            for request in (words, picture) if self._family.paints_from_words else (picture,):
                for _ in self.paint(request, lambda: False):
                    pass

    def close(self) -> None:
        self._worker.close()

    def _paint(self, request: PaintRequest, give: Callable[[Outputs], None], is_cancelled: Callable[[], bool]) -> None:
        def on_step(pipeline, index: int, _timestep, _tensors) -> dict:
            # Kernels are queued: without waiting, steps would be told of, and cancelled, before they are computed.
            if self.settings.device.startswith("cuda"):
                torch.cuda.current_stream(self.settings.device).synchronize()
            give({"STEP": _one(index + 1), "STEPS": _one(pipeline.num_timesteps)})
            _stop_if(is_cancelled)
            return {}

        _stop_if(is_cancelled)
        # On the CPU, so that a seed begins with the same noise on every device.
        generator = torch.Generator("cpu").manual_seed(request.seed)
        with torch.inference_mode():
            picture = self._family.paint(request, generator, on_step)
        give({"IMAGE": numpy.array([encode_png(picture)], dtype=object)})


def load(settings: Sd3Settings) -> Painter:
    """The painter of the settings' weights. Raises `SettingsError` where they are missing or of no known family."""
    _be_quiet()
    return Painter(load_family(weights_folder("sd3", settings), settings), settings)


def _be_quiet() -> None:
    """That a long prompt is cut is normal, and progress bars do not belong in a server's log."""
    for library in (diffusers, transformers):
        library.utils.logging.set_verbosity_error()
        library.utils.logging.disable_progress_bar()


def _one(number: int) -> numpy.ndarray:
    return numpy.array([number], dtype=numpy.int32)


def _stop_if(is_cancelled: Callable[[], bool]) -> None:
    if is_cancelled():
        raise CancelledError("The request was cancelled.")
