"""How a person says edits and questions, and joins them to one instruction."""

import numpy

from ..blockworld import with_article
from ..blockworld.words import Colour, Shape


def remove_words(generator: numpy.random.Generator, phrase: str) -> str:
    forms = (
        "remove {}",
        "delete {}",
        "erase {}",
        "get rid of {}",
        "take {} away",
        "take out {}",
        "make {} disappear",
        "edit out {}",
        "clear away {}",
    )
    return choice(generator, forms).format(phrase)


def recolour_words(generator: numpy.random.Generator, phrase: str, colour: Colour) -> str:
    forms = (
        "make {} {}",
        "make {} {}",
        "paint {} {}",
        "recolour {} {}",
        "turn {} {}",
        "colour {} {}",
        "change the colour of {} to {}",
        "change {} to {}",
        "recolour {} to {}",
        "repaint {} in {}",
        "dye {} {}",
    )
    return choice(generator, forms).format(phrase, colour)


def replace_words(generator: numpy.random.Generator, phrase: str, colour: Colour, shape: Shape) -> str:
    forms = (
        "replace {} with {}",
        "replace {} with {}",
        "replace {} by {}",
        "swap {} for {}",
        "turn {} into {}",
        "change {} into {}",
        "change {} to {}",
        "exchange {} for {}",
    )
    new = with_article(f"{colour} {shape}")
    if generator.random() < 0.15:
        return choice(generator, ("put {1} in place of {0}", "put {1} where {0} is", "put {1} instead of {0}")).format(
            phrase, new
        )
    return choice(generator, forms).format(phrase, new)


_TWO = (
    "{0} and {1}",
    "{0} and {1}",
    "{0}, then {1}",
    "{0} and then {1}",
    "first {0}, then {1}",
    "{0}, and {1}",
    "please {0} and {1}",
    "can you {0} and {1}?",
    "could you {0}, then {1}?",
    "{A0}. Then {1}.",
    "{A0}. {A1}.",
    "{A0}. After that, {1}.",
    "I'd like you to {0} and {1}",
)
_THREE = (
    "{0}, {1} and {2}",
    "{0}, {1}, and {2}",
    "{0}, then {1}, then {2}",
    "first {0}, then {1} and finally {2}",
    "{A0}. {A1}. {A2}.",
    "{A0}. Then {1} and {2}.",
    "{0} and {1}, then {2}",
    "please {0}, {1} and then {2}",
)


def joined(generator: numpy.random.Generator, clauses: list[str]) -> str:
    """Two or three orders as one instruction, in the order in which they are to be done."""
    form = choice(generator, _TWO if len(clauses) == 2 else _THREE)
    capitals = {f"A{index}": capitalised(clause) for index, clause in enumerate(clauses)}
    text = form.format(*clauses, **capitals)
    return capitalised(text) if generator.random() < 0.5 else text


def capitalised(text: str) -> str:
    return text[0].upper() + text[1:]


def choice(generator: numpy.random.Generator, choices):
    return choices[generator.integers(len(choices))]
