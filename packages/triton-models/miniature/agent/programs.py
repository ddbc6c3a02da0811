"""Kinds of tasks: each makes one instruction for a scene, or finds that the scene does not allow it."""

from collections.abc import Callable

import numpy

from ..blockworld import SHAPES, Query
from .edits import edit_of, new_colour, new_pair, some_edit, some_thing, two_things
from .questions import presence_of, question_about
from .references import Reference
from .task import Answer
from .wording import capitalised, choice, joined, remove_words, replace_words
from .world import World

Program = Callable[[World, numpy.random.Generator], str | None]


def two_edits(world: World, generator: numpy.random.Generator) -> str | None:
    return _joined(generator, [some_edit(world, generator), some_edit(world, generator)])


def three_edits(world: World, generator: numpy.random.Generator) -> str | None:
    return _joined(generator, [some_edit(world, generator) for _ in range(3)])


def edit_then_ask(world: World, generator: numpy.random.Generator) -> str | None:
    return _with_question(world, generator, [some_edit(world, generator)])


def two_edits_then_ask(world: World, generator: numpy.random.Generator) -> str | None:
    return _with_question(world, generator, [some_edit(world, generator), some_edit(world, generator)])


def ask_then_edit(world: World, generator: numpy.random.Generator) -> str | None:
    asked = question_about(world.now, generator, edited=False)
    if asked is None:
        return None
    world.ask(asked.wordings(), asked.answer)
    edit = some_edit(world, generator)
    if edit is None:
        return None
    if generator.random() < 0.5:
        # "Is there a ball? Then remove the cube." could be a condition.
        joints = ("Afterwards, {}.",) if asked.answer.kind == "presence" else ("Then {}.", "And {}.", "Afterwards, {}.")
        then = choice(generator, joints).format(edit)
        return f"{capitalised(asked.question)} {then}"
    return joined(generator, [asked.order, edit])


def remove_two(world: World, generator: numpy.random.Generator) -> str | None:
    """One verb for two things."""
    pair = two_things(world, generator)
    if pair is None:
        return None
    for reference, things in pair:
        if world.meant(reference) != things:
            return None
        world.remove(reference, things)
    phrase = f"{pair[0][0].words} and {pair[1][0].words}"
    return _with_question(world, generator, [remove_words(generator, phrase)])


def recolour_two(world: World, generator: numpy.random.Generator) -> str | None:
    """The verb said once: "make the ball blue and the cube red"."""
    pair = two_things(world, generator)
    if pair is None:
        return None
    words = []
    for reference, things in pair:
        if world.meant(reference) != things:
            return None
        colour = new_colour(world, things, generator)
        world.recolour(reference, things, colour)
        words.append(f"{reference.words} {colour}")
    return f"{choice(generator, ('make', 'paint', 'turn'))} {words[0]} and {words[1]}"


def all_of_a_kind(world: World, generator: numpy.random.Generator) -> str | None:
    edit = some_edit(world, generator, lambda reference: reference.place == "all")
    return _with_question(world, generator, [edit])


def new_neighbour(world: World, generator: numpy.random.Generator) -> str | None:
    """What is new is what "it" means: "turn the heart into a red ball and remove the cube next to it"."""
    found = some_thing(world, generator, lambda reference: reference.place != "next to")
    if found is None:
        return None
    reference, (thing,) = found
    colour, shape = new_pair(world, thing, generator)
    world.replace(reference, thing, (colour, shape), generator)
    new = Query(shape, colour)
    for kind in generator.permutation(len(SHAPES)):
        neighbour = Reference(
            Query(shape=SHAPES[kind]), "next to", f"the {SHAPES[kind]} next to {new.text('the')}", new
        )
        # It stood where the old thing is: before and after, nothing else is as near.
        now = tuple(world.ids[index] for index in neighbour.things(world.now))
        if now and now != (thing,):
            edit = edit_of(world, generator, neighbour, now, f"the {SHAPES[kind]} next to it")
            return joined(generator, [replace_words(generator, reference.words, colour, shape), edit])
    return None


def the_other_one(world: World, generator: numpy.random.Generator) -> str | None:
    """ "remove the left ball and make the other one green" """
    found = some_thing(world, generator, lambda reference: reference.place in ("left", "right", "largest", "smallest"))
    if found is None:
        return None
    reference, things = found
    shape = world.before.things[things[0]].shape
    group = Query(shape=shape).things(world.before)
    if len(group) != 2:
        return None
    world.remove(reference, things)
    (other,) = (thing for thing in group if thing not in things)
    said = choice(generator, ("the other one", f"the other {shape}"))
    follow = Reference(Query(shape=shape), "only", f"the other {shape}")
    edit = edit_of(world, generator, follow, (other,), said)
    return joined(generator, [remove_words(generator, reference.words), edit])


def if_there_is(world: World, generator: numpy.random.Generator) -> str | None:
    """A question that decides, and an edit that does not wait for it."""
    there = bool(generator.random() < 0.6)
    query = presence_of(world.now, generator, there)
    if query is None or len(query.things(world.now)) > 1:
        return None
    name = query.text("a")
    world.ask((f"is there {name}?",), Answer("presence", "yes" if there else "no"), query.text(), check=True)
    reference = Reference(query, "only", query.text("the"))
    edit = edit_of(world, generator, reference, query.things(world.now), "it", conditional=True, done=there)
    condition = choice(
        generator,
        (
            f"is there {name}? If so, {edit}.",
            f"is there {name}? if so {edit}.",
            f"if there is {name}, {edit}.",
            f"if you see {name}, {edit}.",
        ),
    )
    other = some_edit(world, generator)
    if other is None:
        return None
    return f"{capitalised(condition)} {choice(generator, ('Then {}.', 'Also, {}.', '{}.')).format(other)}"


def if_so(world: World, generator: numpy.random.Generator) -> str | None:
    """A question that decides, and no more."""
    there = bool(generator.random() < 0.7)
    query = presence_of(world.now, generator, there)
    if query is None or len(query.things(world.now)) > 1:
        return None
    name = query.text("a")
    world.ask((f"is there {name}?",), Answer("presence", "yes" if there else "no"), query.text(), check=True)
    reference = Reference(query, "only", query.text("the"))
    edit = edit_of(world, generator, reference, query.things(world.now), "it", conditional=True, done=there)
    forms = (
        "is there {0}? if so {1}",
        "Is there {0}? If so, {1}.",
        "is there {0}? if yes, {1}",
        "if there is {0}, {1}",
    )
    return choice(generator, forms).format(name, edit)


# What it says, and how often.
PROGRAMS: tuple[tuple[Program, int], ...] = (
    (two_edits, 28),
    (three_edits, 10),
    (edit_then_ask, 14),
    (two_edits_then_ask, 8),
    (ask_then_edit, 8),
    (remove_two, 6),
    (recolour_two, 4),
    (all_of_a_kind, 6),
    (new_neighbour, 4),
    (the_other_one, 4),
    (if_there_is, 4),
    (if_so, 4),
)


def _with_question(world: World, generator: numpy.random.Generator, clauses: list[str | None]) -> str | None:
    whole = [clause for clause in clauses if clause is not None]
    if len(whole) < len(clauses):
        return None
    fewer = any(step.operation == "remove" for step in world.steps)
    asked = question_about(world.now, generator, edited=fewer)
    if asked is None:
        return None
    world.ask(asked.wordings(), asked.answer)
    if generator.random() < 0.35:
        orders = joined(generator, whole) if len(whole) > 1 else whole[0]
        return f"{capitalised(orders).rstrip('.')}{'' if orders.endswith('?') else '.'} {capitalised(asked.question)}"
    return joined(generator, [*whole, asked.order])


def _joined(generator: numpy.random.Generator, clauses: list[str | None]) -> str | None:
    whole = [clause for clause in clauses if clause is not None]
    return joined(generator, whole) if len(whole) == len(clauses) else None
