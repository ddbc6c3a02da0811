"""Edits of scenes: what a person says, what a painter is asked for, and the scene that should come out."""

import dataclasses
from dataclasses import dataclass
from typing import Literal, get_args

import numpy

from .outline import visible_masks
from .phrases import Query
from .scene import Scene, Thing, random_tilt, random_tint
from .words import COLOURS, HELD_OUT, SHAPES, Colour, with_article

EditKind = Literal["remove", "replace", "recolour"]
EDIT_KINDS: tuple[EditKind, ...] = get_args(EditKind)


@dataclass(frozen=True)
class Edit:
    """
    thing: index in the scene before. phrase: words that fit that thing alone. prompt: words for what comes in its
    place, None where nothing does. after: the scene that is expected; `render` draws it.
    """

    kind: EditKind
    thing: int
    phrase: str
    instruction: str
    prompt: str | None
    after: Scene


def random_edit(scene: Scene, generator: numpy.random.Generator, kind: EditKind | None = None) -> Edit | None:
    """
    An edit of a thing that words can name; None where there is none (two equal red balls), or where what comes in its
    place would hide something wholly (a ball what was seen through a ring) or be hidden. It is never one of `HELD_OUT`.
    """
    kind = kind or EDIT_KINDS[generator.integers(len(EDIT_KINDS))]
    named = [(index, phrase) for index in range(len(scene.things)) if (phrase := phrase_for(scene, index))]
    if not named:
        return None
    index, phrase = named[generator.integers(len(named))]
    thing = scene.things[index]
    if kind == "remove":
        return Edit(kind, index, phrase, f"remove {phrase}", None, scene.without(index))
    if kind == "recolour":
        colour = _other_colour(generator, thing)
        instruction = f"make {phrase} {colour}"
        after = dataclasses.replace(thing, colour=colour)
        return Edit(kind, index, phrase, instruction, with_article(after.name), scene.with_thing(index, after))
    after = _other_thing(generator, thing)
    prompt, edited = with_article(after.name), scene.with_thing(index, after)
    if not visible_masks(edited.things, scene.width, scene.height).any(axis=(1, 2)).all():
        return None
    return Edit(kind, index, phrase, f"replace {phrase} with {prompt}", prompt, edited)


def phrase_for(scene: Scene, index: int) -> str | None:
    """ "the red ball": words that fit this thing of the scene alone; None where colour and shape are not enough."""
    thing = scene.things[index]
    query = Query(thing.shape, thing.colour)
    return query.text("the") if query.things(scene) == (index,) else None


def _other_colour(generator: numpy.random.Generator, thing: Thing) -> Colour:
    fitting = [colour for colour in COLOURS if colour != thing.colour and (colour, thing.shape) not in HELD_OUT]
    return fitting[generator.integers(len(fitting))]


def _other_thing(generator: numpy.random.Generator, thing: Thing) -> Thing:
    """Of the same size in the same place."""
    fitting = [
        (colour, shape)
        for colour in COLOURS
        for shape in SHAPES
        if (colour, shape) not in HELD_OUT and (colour, shape) != thing.pair
    ]
    colour, shape = fitting[generator.integers(len(fitting))]
    return dataclasses.replace(
        thing, colour=colour, shape=shape, tilt=random_tilt(generator, shape), tint=random_tint(generator)
    )
