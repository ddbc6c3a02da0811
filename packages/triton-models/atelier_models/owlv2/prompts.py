"""Grounding DINO's texts: phrases, each ended by a full stop, and which token belongs to which phrase."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transformers import PreTrainedTokenizerBase


class Marks(NamedTuple):
    """Token ids that structure a text: its start and end, the full stop and the question mark, which end phrases."""

    start: int
    end: int
    stop: int
    question: int


@dataclass(frozen=True)
class Prompt:
    """tokens: token ids of one text. phrases: for each token the place of its phrase in the request, -1 for marks."""

    tokens: tuple[int, ...]
    phrases: tuple[int, ...]


def marks_of(tokenizer: PreTrainedTokenizerBase) -> Marks:
    stop, question = tokenizer.convert_tokens_to_ids([".", "?"])
    return Marks(tokenizer.cls_token_id, tokenizer.sep_token_id, stop, question)


def prompts_of(phrases: Sequence[Sequence[int]], marks: Marks, most_tokens: int) -> list[Prompt]:
    """
    As few texts as hold the phrases, given as token ids, in their order; none is longer than `most_tokens`.
    A phrase that is too long even alone is cut. Marks inside a phrase would end it and are left out, and so is a phrase
    that consists of nothing else.
    """
    texts: list[Prompt] = []
    tokens, owners = [marks.start], [-1]
    for index, phrase in enumerate(phrases):
        words = [token for token in phrase if token not in marks][: most_tokens - 3]
        if not words:
            continue
        if len(tokens) + len(words) + 2 > most_tokens:
            texts.append(Prompt((*tokens, marks.end), (*owners, -1)))
            tokens, owners = [marks.start], [-1]
        tokens += [*words, marks.stop]
        owners += [index] * len(words) + [-1]
    if len(tokens) > 1:
        texts.append(Prompt((*tokens, marks.end), (*owners, -1)))
    return texts
