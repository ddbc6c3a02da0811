"""From a chat to the inputs of the model."""

import inspect
import itertools
from collections.abc import Callable, Iterable, Iterator

import torch
from jinja2 import TemplateError
from transformers import PreTrainedModel, ProcessorMixin

from ..errors import BadInputError
from .messages import Message
from .plain_text import PlainText
from .request import VqaRequest


def encode(
    processor: ProcessorMixin, model: PreTrainedModel, request: VqaRequest, plain: PlainText
) -> dict[str, torch.Tensor]:
    """
    The inputs of `generate` for one chat, on the model's device: `input_ids` [1, n], pictures in the model's own form
    and number type. Words of the chat that look like control tokens (`<|im_end|>`, `<image>`) are read as plain text.
    Raises `BadInputError` for roles that the model's template refuses and for more tokens than the model can read.
    """
    try:
        encoded = processor.apply_chat_template(
            _chat(processor, request, plain),
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
        )
    except TemplateError as error:
        raise BadInputError(f"This model does not take such MESSAGES: {error}.") from None
    length, most = encoded["input_ids"].shape[1], context_length(model)
    if most is not None and length >= most:
        raise BadInputError(
            f"The chat has {length} tokens with its pictures; the model reads at most {most}, the answer included."
        )
    names = inspect.signature(model.forward).parameters
    # Some processors mark the kind of each token for models that want it; others refuse what they do not know.
    unknown = [name for name in encoded if name.endswith("token_type_ids") and name not in names]
    for name in unknown:
        del encoded[name]
    return dict(encoded.to(model.device, model.config.dtype))


def context_length(model: PreTrainedModel) -> int | None:
    """Most tokens of chat and answer together, where the model says so."""
    return getattr(model.config.get_text_config(decoder=True), "max_position_embeddings", None)


def _chat(processor: ProcessorMixin, request: VqaRequest, plain: PlainText) -> list[dict]:
    """
    The chat for the template, in which no words become a control token, also not with what the template puts beside
    them: its own text, or, where it shows all pictures first, the words of behind a picture.
    """
    chat, apart = (
        [_for_template(message, request, write) for message in request.messages] for write in (plain, plain.apart)
    )
    usual, safe = (
        plain.control_tokens(processor.apply_chat_template(turns, add_generation_prompt=True, tokenize=False))
        for turns in (chat, apart)
    )
    return chat if usual == safe else apart


def _for_template(message: Message, request: VqaRequest, write: Callable[[str], str]) -> dict:
    # A picture that is referred to twice is read twice.
    parts = [
        {"type": "text", "text": write(part)}
        if isinstance(part, str)
        else {"type": "image", "image": request.pictures[part]}
        for part in _joined(message.parts)
    ]
    return {"role": message.role, "content": parts}


def _joined(parts: Iterable[str | int]) -> Iterator[str | int]:
    """Neighbouring texts are one: a template writes nothing between them."""
    for kind, run in itertools.groupby(parts, type):
        if kind is str:
            yield "".join(run)
        else:
            yield from run
