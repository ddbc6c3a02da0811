"""Answers questions about pictures with a chat model."""

import contextlib
import queue
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from PIL import Image
from transformers import PreTrainedModel, ProcessorMixin

from ..errors import BadInputError, CancelledError, SettingsError
from ..inputs import Inputs
from ..settings import VqaSettings
from .deltas import Deltas
from .generation import generate_tokens
from .messages import Message
from .plain_text import PlainText
from .prompt import context_length, encode
from .request import VqaRequest, read_request
from .sampling import sampling

_WARM_UP = ("What is it?", "What is in the picture, and where?")


class Copy(NamedTuple):
    """What one answer at a time may use. Tokenizers, too, keep state while they work."""

    model: PreTrainedModel
    processor: ProcessorMixin
    plain: PlainText


class Ending(NamedTuple):
    """How an answer ended. `completion_tokens` counts the end token, as MAX_TOKENS does."""

    finish_reason: Literal["stop", "length"]
    prompt_tokens: int
    completion_tokens: int


class Answerer:
    """As many answers at the same time as there are copies of the model; more wait for one of them."""

    def __init__(self, copies: list[Copy], settings: VqaSettings):
        self.settings = settings
        self._count = len(copies)
        self._copies: queue.SimpleQueue[Copy] = queue.SimpleQueue()
        for one in copies:
            self._copies.put(one)

    def read(self, inputs: Inputs) -> VqaRequest:
        """See `read_request`."""
        return read_request(inputs, self.settings)

    def answer(self, request: VqaRequest, is_cancelled: Callable[[], bool] = lambda: False) -> Iterator[str | Ending]:
        """
        Pieces of the answer, whose concatenation it is, none of them empty; last an `Ending`. Raises `BadInputError`
        for a chat that the model cannot read and `CancelledError` within one token of `is_cancelled()` becoming true.
        """
        one = self._copies.get()
        try:
            yield from _answer(one, request, is_cancelled)
        finally:
            self._copies.put(one)

    def warm_up(self) -> None:
        """
        A short answer about a picture, sampled. Where it is compiled, every copy answers prompts of two lengths with
        a few tokens: after that no length is new. Raises `SettingsError` where the model takes no such question.
        """
        texts, rounds = (_WARM_UP, self._count) if self.settings.compile else (_WARM_UP[:1], 1)
        picture = Image.new("RGB", (64, 48), "grey")
        for text in texts:
            # The copies take turns.
            for _ in range(rounds):
                self._try(VqaRequest((Message("user", (0, text)),), (picture,), 4, 1.0, 0))

    def _try(self, request: VqaRequest) -> None:
        try:
            for _ in self.answer(request):
                pass
        except BadInputError as error:
            # Its chat template is broken or refuses pictures: the weights are at fault, not the question.
            raise SettingsError(f"vqa: {self.settings.model} takes no question about a picture: {error}") from error


def _answer(one: Copy, request: VqaRequest, is_cancelled: Callable[[], bool]) -> Iterator[str | Ending]:
    model = one.model
    inputs = encode(one.processor, model, request, one.plain)
    prompt_tokens, context = inputs["input_ids"].shape[1], context_length(model)
    most_tokens = min(request.most_tokens, context - prompt_tokens) if context else request.most_tokens
    processors = sampling(model.generation_config, request.temperature, request.seed, model.device)
    ends, deltas, count, token = _end_tokens(model), Deltas(one.processor.tokenizer), 0, None
    with contextlib.closing(generate_tokens(model, inputs, most_tokens, processors, is_cancelled)) as tokens:
        for token in tokens:
            count += 1
            if token not in ends and (delta := deltas.add(token)):
                yield delta
    if is_cancelled():
        raise CancelledError("The request was cancelled.")
    if rest := deltas.end():
        yield rest
    yield Ending("stop" if token in ends else "length", prompt_tokens, count)


def _end_tokens(model: PreTrainedModel) -> set[int]:
    ends = model.generation_config.eos_token_id
    return {ends} if isinstance(ends, int) else set(ends or ())
