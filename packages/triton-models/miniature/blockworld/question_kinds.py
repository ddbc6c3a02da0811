"""How each kind of question is made of a scene, with its only right answer."""

import numpy

from .phrases import Query
from .scene import Scene, Thing
from .words import COLOURS, NUMBERS, SHAPES, Size, plural, with_article

# Nearer than this, pixels, two things are neither left nor right of each other.
_APART = 10
# Axis, words, and the sign of first minus second.
DIRECTIONS = ((0, "to the left of", -1), (0, "to the right of", 1), (1, "above", -1), (1, "below", 1))
# Things of less different radii are not asked to be compared.
_LARGER = 1.3

# [n, 2] (x, y) of what is seen of each thing of a scene, in pixels.
Centres = numpy.ndarray
# Text and answer; None where what was drawn cannot be asked about the scene.
Pair = tuple[str, str] | None


def count_question(scene: Scene, _: Centres, generator: numpy.random.Generator) -> Pair:
    shape, colour = _choice(generator, SHAPES), _choice(generator, COLOURS)
    if generator.random() < 0.75:
        thing = _choice(generator, scene.things)
        shape, colour = thing.shape, thing.colour
    query = _choice(
        generator, (Query(), Query(shape=shape), Query(shape=shape), Query(colour=colour), Query(shape, colour))
    )
    if not query.is_known(scene):
        return None
    number = len(query.things(scene))
    verb = "is" if number == 1 else "are"
    return f"How many {query.text('plural')} are there?", f"There {verb} {'none' if number == 0 else NUMBERS[number]}."


def colour_question(scene: Scene, _: Centres, generator: numpy.random.Generator) -> Pair:
    thing = _choice(generator, scene.things)
    query = Query(shape=thing.shape, size=_size_said(thing, generator))
    if len(query.things(scene)) != 1:
        return None
    return f"What colour is {query.text('the')}?", f"It is {thing.colour}."


def shape_question(scene: Scene, _: Centres, generator: numpy.random.Generator) -> Pair:
    thing = _choice(generator, scene.things)
    query = Query(colour=thing.colour, size=_size_said(thing, generator))
    if len(query.things(scene)) != 1:
        return None
    form = "What is {}?" if generator.random() < 0.5 else "What shape is {}?"
    return form.format(query.text("the")), f"It is {with_article(thing.shape)}."


def _size_said(thing: Thing, generator: numpy.random.Generator) -> Size | None:
    """Nobody calls a thing medium."""
    return thing.size if thing.size != "medium" and generator.random() < 0.3 else None


def position_question(scene: Scene, centres: Centres, generator: numpy.random.Generator) -> Pair:
    index = _named(scene, generator)
    if index is None:
        return None
    name = f"the {scene.things[index].name}"
    axis, names = _choice(generator, ((0, ("On the left.", "On the right.")), (1, ("At the top.", "At the bottom."))))
    share = centres[index][axis] / (scene.width, scene.height)[axis]
    if generator.random() < 0.4:
        across = centres[index][0] / scene.width
        place = _third(across)
        return (
            None if place is None else (f"Where is {name}?", ("On the left.", "In the middle.", "On the right.")[place])
        )
    if 0.42 < share < 0.58:
        return None
    asked = ("on the left or on the right", "at the top or at the bottom")[axis]
    return f"Is {name} {asked}?", names[int(share > 0.5)]


def _third(share: float) -> int | None:
    """0, 1 or 2; None near a border."""
    for place, (low, high) in enumerate(((0, 0.29), (0.39, 0.61), (0.71, 1))):
        if low <= share <= high:
            return place
    return None


def relation_question(scene: Scene, centres: Centres, generator: numpy.random.Generator) -> Pair:
    pair = two_named(scene, generator)
    return None if pair is None else relation_between(scene, centres, pair, _choice(generator, DIRECTIONS))


def relation_between(scene: Scene, centres: Centres, pair: tuple[int, int], direction: tuple[int, str, int]) -> Pair:
    """direction: one of `DIRECTIONS`. None where the two are nearly level."""
    (first, second), (axis, words, sign) = pair, direction
    apart = float(centres[first][axis] - centres[second][axis])
    if abs(apart) < _APART:
        return None
    text = f"Is the {scene.things[first].name} {words} the {scene.things[second].name}?"
    return text, _yes(apart * sign > 0)


def presence_question(scene: Scene, _: Centres, generator: numpy.random.Generator) -> Pair:
    wanted = generator.random() < 0.5
    thing = _choice(generator, scene.things)
    query = Query(thing.shape, thing.colour)
    if not wanted:
        near = generator.random()
        colour = thing.colour if near < 0.4 else _choice(generator, COLOURS)
        shape = thing.shape if near > 0.6 else _choice(generator, SHAPES)
        query = Query(shape, colour)
    if generator.random() < 0.3:
        query = Query(shape=query.shape) if generator.random() < 0.6 else Query(colour=query.colour)
    if bool(query.things(scene)) != wanted or not query.is_known(scene):
        return None
    form = _choice(
        generator,
        ("Is there {} in this picture? Answer yes or no.", "Is there {}?", "Is there {} in the picture?"),
    )
    return form.format(query.text("a")), _yes(wanted)


def comparison_question(scene: Scene, _: Centres, generator: numpy.random.Generator) -> Pair:
    if generator.random() < 0.5:
        return _more(scene, generator)
    pair = two_named(scene, generator)
    if pair is None:
        return None
    one, other = (scene.things[index] for index in pair)
    if max(one.radius, other.radius) < _LARGER * min(one.radius, other.radius):
        return None
    word, chosen = _choice(generator, (("larger", max), ("smaller", min)))
    text = f"Which is {word}, the {one.name} or the {other.name}?"
    return text, f"The {chosen(one, other, key=lambda thing: thing.radius).name}."


def _more(scene: Scene, generator: numpy.random.Generator) -> Pair:
    by_colour = generator.random() < 0.5
    there = [thing.colour if by_colour else thing.shape for thing in scene.things]
    words = (_choice(generator, there), _choice(generator, COLOURS if by_colour else SHAPES))
    if generator.random() < 0.5:
        words = words[::-1]
    if words[0] == words[1]:
        return None
    numbers = [there.count(word) for word in words]
    # Rarer than "yes": else "no" would nearly always be right.
    if numbers[0] <= numbers[1] and generator.random() < 0.25:
        return None
    names = [f"{word} things" if by_colour else plural(word) for word in words]
    return f"Are there more {names[0]} than {names[1]}?", _yes(numbers[0] > numbers[1])


def _named(scene: Scene, generator: numpy.random.Generator) -> int | None:
    """A thing that its colour and shape name alone."""
    index = int(generator.integers(len(scene.things)))
    pairs = [thing.pair for thing in scene.things]
    return index if pairs.count(pairs[index]) == 1 else None


def two_named(scene: Scene, generator: numpy.random.Generator) -> tuple[int, int] | None:
    first, second = _named(scene, generator), _named(scene, generator)
    return None if first is None or second is None or first == second else (first, second)


def _yes(value: bool) -> str:
    return "Yes." if value else "No."


def _choice(generator: numpy.random.Generator, choices):
    return choices[generator.integers(len(choices))]
