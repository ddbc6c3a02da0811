"""What model.py of each model does with a request, without Triton."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Protocol

import numpy

from ..inputs import Inputs
from ..settings import ModelSettings

Outputs = Mapping[str, numpy.ndarray]


class Pipeline(Protocol):
    """`batched`: requests have a batch dimension, and several may be answered at once."""

    batched: bool

    def warm_up(self) -> None: ...

    def answer(self, requests: Sequence[Inputs]) -> Iterator[Outputs]:
        """The outputs of each request; of a model that streams, whose requests come alone, those of each response."""


class Batched:
    """As `serving.batched.answer_batch`: read all, run them together, write each."""

    batched = True

    def __init__(self, read: Callable, run: Callable, write: Callable, warm_up: Callable[[], None]):
        self._read, self._run, self._write, self.warm_up = read, run, write, warm_up

    def answer(self, requests: Sequence[Inputs]) -> Iterator[Outputs]:
        for outcome in self._run([self._read(request) for request in requests]):
            if isinstance(outcome, Exception):
                raise outcome
            yield self._write(outcome)


class Streamed:
    """As `serving.streamed.answer_stream`, with a caller who stays."""

    batched = False

    def __init__(self, read: Callable, run: Callable, warm_up: Callable[[], None]):
        self._read, self._run, self.warm_up = read, run, warm_up

    def answer(self, requests: Sequence[Inputs]) -> Iterator[Outputs]:
        for request in requests:
            yield from self._run(self._read(request), lambda: False)


def load_pipeline(name: str, settings: ModelSettings) -> Pipeline:
    """
    The pipeline of the model `name` with the weights of `settings`, whose device is named. Only its own modules are
    imported: no model waits for another one's libraries. Raises `SettingsError`.
    """
    return _LOADERS[name](settings)


def _owlv2(settings: ModelSettings) -> Pipeline:
    request, detector = _module("owlv2.request"), _module("owlv2.detector").load(settings)
    return Batched(
        lambda inputs: request.read_request(inputs, settings),
        detector.detect,
        request.write_detections,
        detector.warm_up,
    )


def _sam(settings: ModelSettings) -> Pipeline:
    request, segmenter = _module("sam.request"), _module("sam.segmenter").load(settings)
    return Batched(
        lambda inputs: request.read_request(inputs, settings), segmenter.run, _sam_outputs, segmenter.warm_up
    )


def _sam_outputs(result) -> Outputs:
    masks = numpy.empty(len(result.masks), dtype=object)
    masks[:] = result.masks
    return {"MASKS": masks, "SCORES": result.scores}


def _clip(settings: ModelSettings) -> Pipeline:
    request, embedder = _module("clip.request"), _module("clip.load").load(settings)
    return Batched(
        lambda inputs: request.read_request(inputs, settings),
        embedder.embed,
        lambda rows: {"EMBEDDINGS": rows},
        embedder.warm_up,
    )


def _sd3(settings: ModelSettings) -> Pipeline:
    painter = _module("sd3.painter").load(settings)
    return Streamed(painter.read, painter.paint, painter.warm_up)


def _vqa(settings: ModelSettings) -> Pipeline:
    write, answerer = _module("vqa.outputs").write_outputs, _module("vqa.load").load(settings)
    return Streamed(
        answerer.read, lambda item, is_cancelled: write(answerer.answer(item, is_cancelled)), answerer.warm_up
    )


def _module(name: str):
    return import_module(f"atelier_models.{name}")


_LOADERS: dict[str, Callable[[ModelSettings], Pipeline]] = {
    "owlv2": _owlv2,
    "sam": _sam,
    "clip": _clip,
    "sd3": _sd3,
    "vqa": _vqa,
}
