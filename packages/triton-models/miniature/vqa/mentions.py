"""Where questions name things, and what they name."""

import re
from typing import NamedTuple

from transformers import Qwen2Tokenizer

from ..blockworld import COLOURS, SHAPES, SIZES, Query

_PHRASE = re.compile(rf"\b(?:({'|'.join(SIZES)}) )?(?:({'|'.join(COLOURS)}) )?({'|'.join(SHAPES)}|thing)s?\b")


class Mention(NamedTuple):
    """token: index of the noun among the tokens of the text."""

    token: int
    query: Query


def mentions_of(text: str, tokenizer: Qwen2Tokenizer) -> list[Mention]:
    """Of "Is the red ball above the cube?": "red ball" and "cube"."""
    spans = tokenizer(text, return_offsets_mapping=True).offset_mapping
    found = []
    for phrase in _PHRASE.finditer(text):
        size, colour, noun = phrase.groups()
        token = next(index for index, (start, end) in enumerate(spans) if start < phrase.end() <= end)
        found.append(Mention(token, Query(None if noun == "thing" else noun, colour, size)))
    return found
