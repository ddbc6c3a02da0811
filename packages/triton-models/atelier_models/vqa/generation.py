"""Runs transformers' `generate` in a thread and hands out its tokens while it works."""

import queue
import threading
from collections.abc import Callable, Iterator, Mapping

import torch
from transformers import LogitsProcessorList, PreTrainedModel, StoppingCriteria, StoppingCriteriaList
from transformers.generation.streamers import BaseStreamer

# How long a cancellation may go unnoticed while no token comes (the first one of a long prompt).
_SECONDS_BETWEEN_LOOKS = 0.05


class _Tokens(BaseStreamer):
    """Puts each new token into a queue; the prompt, which comes first, is left out."""

    def __init__(self, tokens: queue.SimpleQueue):
        self._tokens = tokens
        self._is_prompt = True

    def put(self, value: torch.Tensor) -> None:
        if not self._is_prompt:
            self._tokens.put(int(value.reshape(-1)[0]))
        self._is_prompt = False

    def end(self) -> None:
        """Nothing was held back."""


class _Stopped(StoppingCriteria):
    def __init__(self, stop: threading.Event):
        self._stop = stop

    def __call__(self, input_ids: torch.Tensor, scores, **kwargs) -> torch.Tensor:
        return torch.full((input_ids.shape[0],), self._stop.is_set(), device=input_ids.device)


def generate_tokens(
    model: PreTrainedModel,
    inputs: Mapping[str, torch.Tensor],
    most_tokens: int,
    processors: LogitsProcessorList,
    is_cancelled: Callable[[], bool],
) -> Iterator[int]:
    """
    The new tokens of one answer, an end token included, each as soon as it is known. `inputs`: of a batch of one.
    Ends early when `is_cancelled()`. Whoever stops reading stops the model: it is at rest once the iterator is closed.
    What goes wrong inside `generate` is raised here.
    """
    tokens: queue.SimpleQueue[int | BaseException | None] = queue.SimpleQueue()
    stop = threading.Event()

    def work() -> None:
        try:
            with torch.inference_mode():
                model.generate(
                    **inputs,
                    max_new_tokens=most_tokens,
                    logits_processor=processors,
                    stopping_criteria=StoppingCriteriaList([_Stopped(stop)]),
                    streamer=_Tokens(tokens),
                )
            tokens.put(None)
        except BaseException as error:
            tokens.put(error)

    thread = threading.Thread(target=work, name="generate", daemon=True)
    thread.start()
    try:
        yield from _read(tokens, is_cancelled)
    finally:
        stop.set()
        thread.join()


def _read(tokens: queue.SimpleQueue, is_cancelled: Callable[[], bool]) -> Iterator[int]:
    while not is_cancelled():
        try:
            token = tokens.get(timeout=_SECONDS_BETWEEN_LOOKS)
        except queue.Empty:
            continue
        if token is None:
            return
        if isinstance(token, BaseException):
            raise token
        yield token
