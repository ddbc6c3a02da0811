"""Whether an answer in words is the right one."""

import re
from itertools import pairwise

from ..blockworld import COLOURS, SHAPES
from ..blockworld.words import NUMBERS
from .task import Answer

_WORDS_FOR_NONE = ("none", "no", "zero")


def is_right(answer: Answer, said: str) -> bool:
    """As a reader takes it: what decides is said, and nothing that contradicts it."""
    words = re.findall(r"[a-z0-9]+", said.lower())
    if answer.kind == "count":
        return _number(words) == int(answer.value)
    if answer.kind == "presence":
        return bool(words) and words[0] == answer.value
    if answer.kind == "position":
        return {word for word in words if word in ("left", "right")} == {answer.value}
    if answer.kind == "comparison":
        return _pairs(words) == {answer.value}
    known = COLOURS if answer.kind == "colour" else SHAPES
    return {word for word in words if word in known} == {answer.value}


def _number(words: list[str]) -> int | None:
    for word in words:
        if word.isdigit():
            return int(word)
        if word in _WORDS_FOR_NONE:
            return 0
        if word in NUMBERS:
            return NUMBERS.index(word)
    return None


def _pairs(words: list[str]) -> set[str]:
    return {f"{colour} {shape}" for colour, shape in pairwise(words) if colour in COLOURS and shape in SHAPES}
