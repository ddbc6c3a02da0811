"""The words that the test models know, in English and Korean."""

import re
from dataclasses import dataclass

# RGB. Grey stands twice, so that light and middle grey are both nearest to it.
COLOURS = {
    "red": [(220, 30, 30)],
    "green": [(30, 170, 60)],
    "blue": [(30, 60, 220)],
    "yellow": [(240, 220, 40)],
    "orange": [(245, 140, 20)],
    "purple": [(130, 40, 160)],
    "black": [(10, 10, 10)],
    "white": [(250, 250, 250)],
    "grey": [(200, 200, 200), (128, 128, 128)],
}
COLOUR_NAMES = tuple(COLOURS)

# How much of its bounding box a shape fills.
SHAPES = {"square": 1.0, "rectangle": 1.0, "circle": 0.785, "triangle": 0.5}

_KOREAN = {
    "빨간": "red",
    "초록": "green",
    "파란": "blue",
    "노란": "yellow",
    "주황": "orange",
    "보라": "purple",
    "검은": "black",
    "하얀": "white",
    "회색": "grey",
    "사각형": "square",
    "네모": "square",
    "동그라미": "circle",
    "원": "circle",
    "삼각형": "triangle",
    "세모": "triangle",
}
_FILLERS = {"a", "an", "the", "all", "any", "one", "some", "thing", "object", "region", "shape", "patch"}
_SPELLINGS = {"gray": "grey", "violet": "purple", "disc": "circle", "disk": "circle"}


@dataclass(frozen=True)
class Phrase:
    """What a phrase names. Without a colour every colour but the background's is meant, without a shape every shape."""

    colour: str | None
    shape: str | None


def read_words(text: str) -> Phrase:
    """The first colour and the first shape named anywhere in a text; words that are not known are passed over."""
    words = [_word(word) for word in _split(text)]
    colour = next((word for word in words if word in COLOURS), None)
    shape = next((word for word in words if word in SHAPES), None)
    return Phrase(colour, shape)


def read_phrase(text: str) -> Phrase | None:
    """What a phrase names, or None where one of its words is not known: there is no red dog among the shapes."""
    words = [_word(word) for word in _split(text)]
    known = all(word in COLOURS or word in SHAPES or word in _FILLERS for word in words)
    return read_words(text) if words and known else None


def _split(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _word(word: str) -> str:
    for korean, english in _KOREAN.items():
        # Particles are glued to the noun, and colours take an ending; one syllable alone must be nearly the whole word.
        if word.startswith(korean) and len(word) <= len(korean) + 2:
            return english
    word = _SPELLINGS.get(word, word)
    singular = _SPELLINGS.get(word.removesuffix("s"), word.removesuffix("s"))
    return singular if singular in SHAPES or singular in _FILLERS else word
