"""Questions within tasks: as a person says them, as one asks a model, and their only right answers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy

from ..blockworld import COLOURS, SHAPES, Query, Scene
from .references import visible_boxes
from .task import Answer
from .wording import choice

_LARGER = 1.3
_TRIES = 40
# Nearer to the middle than this share of the width, a thing is on neither side.
_SIDE = 0.38


@dataclass(frozen=True)
class Asked:
    """order: "tell me how many balls are left". question: "how many balls are there?", as a model may be asked, too."""

    order: str
    question: str
    answer: Answer

    def wordings(self) -> tuple[str, ...]:
        return (self.question, self.order)


def question_about(scene: Scene, generator: numpy.random.Generator, edited: bool) -> Asked | None:
    """edited: whether something was taken away before, so that "left" can be said."""
    makers: tuple[Callable, ...] = (_count, _count, _count, _colour, _presence, _position, _comparison)
    for _ in range(_TRIES):
        asked = choice(generator, makers)(scene, generator, edited)
        if asked is not None:
            return asked
    return None


def presence_of(scene: Scene, generator: numpy.random.Generator, there: bool) -> Query | None:
    """A kind of thing that is there, or that is not."""
    for _ in range(_TRIES):
        query = Query(choice(generator, SHAPES), choice(generator, COLOURS))
        if query.is_known(scene) and bool(query.things(scene)) == there:
            return query
    return None


def _count(scene: Scene, generator: numpy.random.Generator, edited: bool) -> Asked | None:
    thing = choice(generator, scene.things) if scene.things else None
    shape = thing.shape if thing and generator.random() < 0.8 else choice(generator, SHAPES)
    colour = thing.colour if thing else choice(generator, COLOURS)
    query = choice(generator, (Query(shape=shape), Query(shape=shape), Query(shape, colour), Query(colour=colour)))
    if not query.is_known(scene):
        return None
    names = query.text("plural")
    forms = [f"tell me how many {names} there are", f"count the {names}", f"tell me how many {names} you can see"]
    if edited:
        forms = [f"tell me how many {names} are left", f"say how many {names} are left", forms[0], forms[1]]
    return Asked(
        choice(generator, tuple(forms)),
        f"how many {names} are there?",
        Answer("count", str(len(query.things(scene)))),
    )


def _colour(scene: Scene, generator: numpy.random.Generator, _: bool) -> Asked | None:
    thing = choice(generator, scene.things) if scene.things else None
    if thing is None or len(Query(shape=thing.shape).things(scene)) != 1:
        return None
    form = choice(generator, ("tell me what colour the {0} is", "tell me the colour of the {0}"))
    return Asked(form.format(thing.shape), f"what colour is the {thing.shape}?", Answer("colour", thing.colour))


def _presence(scene: Scene, generator: numpy.random.Generator, _: bool) -> Asked | None:
    there = bool(generator.random() < 0.5)
    query = presence_of(scene, generator, there)
    if query is None:
        return None
    name = query.text("a")
    return Asked(f"tell me whether there is {name}", f"is there {name}?", Answer("presence", "yes" if there else "no"))


def _position(scene: Scene, generator: numpy.random.Generator, _: bool) -> Asked | None:
    index = _named(scene, generator)
    if index is None:
        return None
    box = visible_boxes(scene)[index]
    share = (box[0] + box[2]) / 2 / scene.width
    if _SIDE < share < 1 - _SIDE:
        return None
    name = scene.things[index].name
    question = f"is the {name} on the left or on the right?"
    order = f"tell me whether the {name} is on the left or on the right"
    return Asked(order, question, Answer("position", "left" if share < 0.5 else "right"))


def _comparison(scene: Scene, generator: numpy.random.Generator, _: bool) -> Asked | None:
    first, second = _named(scene, generator), _named(scene, generator)
    if first is None or second is None or first == second:
        return None
    one, other = scene.things[first], scene.things[second]
    if max(one.radius, other.radius) < _LARGER * min(one.radius, other.radius):
        return None
    word, chosen = choice(generator, (("larger", max), ("smaller", min)))
    question = f"which is {word}, the {one.name} or the {other.name}?"
    order = f"tell me which is {word}, the {one.name} or the {other.name}"
    return Asked(order, question, Answer("comparison", chosen(one, other, key=lambda thing: thing.radius).name))


def _named(scene: Scene, generator: numpy.random.Generator) -> int | None:
    """A thing that its colour and shape name alone."""
    if not scene.things:
        return None
    index = int(generator.integers(len(scene.things)))
    pairs = [thing.pair for thing in scene.things]
    return index if pairs.count(pairs[index]) == 1 else None
