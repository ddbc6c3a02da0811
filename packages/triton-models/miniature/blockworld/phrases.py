"""Phrases for things, and which things of a scene they fit."""

from dataclasses import dataclass
from typing import Any

import numpy

from .scene import Scene, Thing
from .words import COLOURS, HELD_OUT, SHAPES, Colour, Shape, Size, plural, with_article

_FORMS = ("bare", "a", "the", "plural")


@dataclass(frozen=True)
class Query:
    """What a phrase asks for; None: anything."""

    shape: Shape | None = None
    colour: Colour | None = None
    size: Size | None = None

    def matches(self, thing: Thing) -> bool:
        return (
            self.shape in (None, thing.shape)
            and self.colour in (None, thing.colour)
            and self.size in (None, thing.size)
        )

    def is_known(self, scene: Scene) -> bool:
        """
        Whether it may be asked about: pairs of `HELD_OUT` only where the scene has them. In training they would only
        ever be absent, and be learned as that.
        """
        return (self.colour, self.shape) not in HELD_OUT or bool(self.things(scene))

    def things(self, scene: Scene) -> tuple[int, ...]:
        """The indices of the things that it fits."""
        return tuple(index for index, thing in enumerate(scene.things) if self.matches(thing))

    def text(self, form: str = "bare") -> str:
        """form: "bare" (red ball), "a" (a red ball), "the" (the red ball) or "plural" (red balls)."""
        noun = self.shape or "thing"
        words = " ".join(word for word in (self.size, self.colour, plural(noun) if form == "plural" else noun) if word)
        if form == "a":
            return with_article(words)
        return f"the {words}" if form == "the" else words


@dataclass(frozen=True)
class Phrase:
    """things: the indices in the scene that the text fits; none, one or several."""

    text: str
    things: tuple[int, ...]
    query: Query


def phrases_of(scene: Scene, generator: numpy.random.Generator, count: int) -> tuple[Phrase, ...]:
    """
    `count` phrases of different meanings. About half fit something; of the others most are nearly right (the colour or
    the shape of a thing that is there). There are never so few meanings that `count` up to 40 could not be had.
    """
    queries: dict[Query, None] = {}
    while len(queries) < count:
        query = _random_query(scene, generator)
        if query.is_known(scene):
            queries[query] = None
    forms = generator.integers(len(_FORMS), size=count)
    return tuple(
        Phrase(query.text(_FORMS[form]), query.things(scene), query) for query, form in zip(queries, forms, strict=True)
    )


def _random_query(scene: Scene, generator: numpy.random.Generator) -> Query:
    thing = scene.things[generator.integers(len(scene.things))]
    colour, shape = _any(generator, COLOURS), _any(generator, SHAPES)
    near = generator.random()
    if near < 0.5:
        colour, shape = thing.pair
    elif near < 0.7:
        colour = thing.colour
    elif near < 0.9:
        shape = thing.shape
    kind = generator.random()
    if kind < 0.62:
        return Query(shape, colour)
    if kind < 0.78:
        return Query(shape=shape)
    if kind < 0.88:
        return Query(colour=colour)
    size: Size = "small" if generator.random() < 0.5 else "large"
    return Query(shape, colour, size) if kind < 0.96 else Query(shape=shape, size=size)


def _any(generator: numpy.random.Generator, choices: tuple) -> Any:
    return choices[generator.integers(len(choices))]
