"""
The way that the documentation of transformers and diffusers shows, on the same weights and inputs: processor, model,
post-processing. It ends with the library's own results: boxes, mask tensors, vectors, pictures, text.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from ..inputs import Inputs
from ..settings import ModelSettings
from ..weights.locate import weights_folder
from .pipelines import Outputs, Pipeline


class Plain:
    """A pipeline around a function of one request. What the function gives is not looked at."""

    def __init__(self, run: Callable[[Inputs], object], batched: bool):
        self._run, self.batched = run, batched

    def warm_up(self) -> None:
        """The bench's own calls that do not count warm it up."""

    def answer(self, requests: Sequence[Inputs]) -> Iterator[Outputs]:
        for request in requests:
            self._run(request)
            yield {}


def load_plain(name: str, settings: ModelSettings) -> Pipeline:
    """The library's own way for the model `name`. Raises `SettingsError` where its weights are missing."""
    make: Callable[[Path, ModelSettings], Callable] = import_module(f"atelier_models.bench.plain_{name}").make
    return Plain(make(weights_folder(name, settings), settings), batched=name not in ("sd3", "vqa"))
