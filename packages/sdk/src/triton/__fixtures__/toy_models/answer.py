"""Answers questions about coloured shapes by counting them."""

import re
from collections import Counter

import numpy

from .chat import Chat, wants_korean
from .look import Seen, find_shapes
from .vocabulary import Phrase, read_words

_KOREAN_COLOURS = {
    "red": "빨간",
    "green": "초록",
    "blue": "파란",
    "yellow": "노란",
    "orange": "주황",
    "purple": "보라",
    "black": "검은",
    "white": "하얀",
    "grey": "회색",
}
_KOREAN_SHAPES = {"square": "사각형", "rectangle": "직사각형", "circle": "원", "triangle": "삼각형"}
_OPENINGS = ("There are", "I count", "I can see")
# What counts as seen at all.
_SEEN = 0.5


def answer(chat: Chat, pictures: list[numpy.ndarray], temperature: float, seed: int) -> str:
    """One sentence. Above temperature 0 the seed chooses its opening; what it says stays true."""
    if not pictures:
        return "그림이 없습니다." if wants_korean(chat) else "There is no picture to look at."
    phrase = read_words(chat.question)
    seen = [one for pixels in pictures for one in find_shapes(pixels, phrase) if one.score >= _SEEN]
    if wants_korean(chat):
        return f"{_in_korean(phrase)} {len(seen)}개가 있습니다."
    opening = _OPENINGS[seed % len(_OPENINGS)] if temperature > 0 else _OPENINGS[0]
    if len(seen) == 1 and opening == "There are":
        opening = "There is"
    question = chat.question.lower()
    if phrase == Phrase(None, None):
        return _inventory(seen, opening)
    if re.search(r"\b(is|are) there\b", question) and "how many" not in question:
        return f"{'Yes' if seen else 'No'}, {_at_start(opening)} {_count(len(seen), phrase)}."
    return f"{opening} {_count(len(seen), phrase)}."


def _inventory(seen: list[Seen], opening: str) -> str:
    counts = Counter((one.colour, one.shape) for one in seen)
    if not counts:
        return "I see nothing that I have a name for."
    return f"{opening} {' and '.join(_count(number, Phrase(*what)) for what, number in counts.items())}."


def _count(number: int, phrase: Phrase) -> str:
    noun = " ".join(word for word in (phrase.colour, phrase.shape or "thing") if word)
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _at_start(opening: str) -> str:
    return opening if opening.startswith("I ") else opening.lower()


def _in_korean(phrase: Phrase) -> str:
    return f"{_KOREAN_COLOURS.get(phrase.colour or '', '')} {_KOREAN_SHAPES.get(phrase.shape or '', '것')}".strip()
