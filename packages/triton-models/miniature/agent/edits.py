"""Edits of tasks: of which thing, to what, and how they are said."""

from collections.abc import Callable

import numpy

from ..blockworld import COLOURS, HELD_OUT, SHAPES
from ..blockworld.words import Colour, Shape
from .references import Reference, references_of
from .wording import choice, recolour_words, remove_words, replace_words
from .world import World


def some_edit(
    world: World, generator: numpy.random.Generator, fits: Callable[[Reference], bool] | None = None
) -> str | None:
    for reference in references_of(world.before, generator):
        things = world.meant(reference)
        if things and (fits is None or fits(reference)):
            return edit_of(world, generator, reference, things, reference.words)
    return None


def edit_of(
    world: World, generator: numpy.random.Generator, reference: Reference, things: tuple[int, ...], said: str, **options
) -> str:
    """said: the words in the instruction; those of the reference are what they mean."""
    operation = choice(generator, ("remove", "replace", "recolour"))
    if operation == "replace" and len(things) == 1 and reference.place != "all":
        pair = new_pair(world, things[0], generator)
        world.replace(reference, things[0], pair, generator, **options)
        return replace_words(generator, said, *pair)
    if operation == "recolour" and things:
        colour = new_colour(world, things, generator)
        world.recolour(reference, things, colour, **options)
        return recolour_words(generator, said, colour)
    world.remove(reference, things, **options)
    return remove_words(generator, said)


def some_thing(world: World, generator: numpy.random.Generator, fits: Callable[[Reference], bool]):
    for reference in references_of(world.before, generator):
        things = world.meant(reference)
        if len(things) == 1 and reference.place != "all" and fits(reference):
            return reference, things
    return None


def two_things(world: World, generator: numpy.random.Generator):
    first = some_thing(world, generator, lambda reference: reference.place != "next to")
    second = first and some_thing(
        world,
        generator,
        lambda reference: reference.place != "next to" and not set(first[1]) & set(reference.things(world.before)),
    )
    return (first, second) if first and second else None


def new_colour(world: World, things: tuple[int, ...], generator: numpy.random.Generator) -> Colour:
    old = [world.now.things[world.ids.index(thing)] for thing in things]
    fitting = [
        colour
        for colour in COLOURS
        if all(colour != thing.colour and (colour, thing.shape) not in HELD_OUT for thing in old)
    ]
    return choice(generator, fitting)


def new_pair(world: World, thing: int, generator: numpy.random.Generator) -> tuple[Colour, Shape]:
    """Of another shape, and like nothing that is there: what is said afterwards stays clear."""
    old = world.now.things[world.ids.index(thing)]
    there = {other.pair for other in (*world.before.things, *world.now.things)}
    fitting = [
        (colour, shape)
        for colour in COLOURS
        for shape in SHAPES
        if shape != old.shape and (colour, shape) not in HELD_OUT and (colour, shape) not in there
    ]
    return choice(generator, fitting)
