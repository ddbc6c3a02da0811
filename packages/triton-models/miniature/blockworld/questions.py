"""Questions about scenes, with their only right answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy

from .question_kinds import (
    DIRECTIONS,
    Centres,
    Pair,
    colour_question,
    comparison_question,
    count_question,
    position_question,
    presence_question,
    relation_between,
    relation_question,
    shape_question,
    two_named,
)
from .render import Picture
from .scene import Scene

Kind = Literal["count", "colour", "shape", "position", "relation", "presence", "comparison"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_TRIES = 60


@dataclass(frozen=True)
class Question:
    kind: Kind
    text: str
    answer: str


def questions_of(scene: Scene, picture: Picture, generator: numpy.random.Generator, count: int) -> tuple[Question, ...]:
    """
    At most `count` different questions; kinds in turn, as far as the scene allows them. Yes and no are equally likely.
    picture: of the scene; positions are those of what is seen.
    """
    found: dict[str, Question] = {}
    for attempt in range(_TRIES * count):
        kind = KINDS[attempt % len(KINDS)]
        pair = _MAKERS[kind](scene, _centres(picture), generator)
        if pair is not None:
            found.setdefault(pair[0], Question(kind, *pair))
        if len(found) == count:
            break
    return tuple(found.values())


def relations_of(scene: Scene, picture: Picture, generator: numpy.random.Generator, count: int) -> tuple[Question, ...]:
    """At most `count` questions about how pairs of things stand, for each pair in all directions that are clear."""
    found: dict[str, Question] = {}
    for _ in range(_TRIES):
        pair = two_named(scene, generator)
        for direction in DIRECTIONS if pair else ():
            asked = relation_between(scene, _centres(picture), pair, direction)
            if asked is not None:
                found.setdefault(asked[0], Question("relation", *asked))
        if len(found) >= count:
            break
    return tuple(found.values())[:count]


def _centres(picture: Picture) -> Centres:
    """[n, 2] (x, y) of the boxes."""
    return (picture.boxes[:, :2] + picture.boxes[:, 2:]) / 2


_MAKERS: dict[Kind, Callable[[Scene, Centres, numpy.random.Generator], Pair]] = {
    "count": count_question,
    "colour": colour_question,
    "shape": shape_question,
    "position": position_question,
    "relation": relation_question,
    "presence": presence_question,
    "comparison": comparison_question,
}
