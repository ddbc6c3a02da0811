"""Parts of pictures, and questions whose answers what is left of the scene still determines."""

import numpy

from ..blockworld import COLOURS, SHAPES, Query, Question, Scene, with_article

# Of a thing's visible pixels: with so many it is there, with so few it is not; between them nothing is asked about it.
_THERE, _GONE = 0.6, 0.02
_TRIES = 12
_FORMS = ("Is there {} in this picture? Answer yes or no.",) * 3 + ("Is there {}?", "Is there {} in the picture?")


def crop_window(
    boxes: numpy.ndarray, size: tuple[int, int], crop: tuple[int, int], generator: numpy.random.Generator
) -> tuple[slice, slice]:
    """Rows and columns of a part, `crop` (width, height), of a picture of `size`, one of the boxes near its middle."""
    box = boxes[generator.integers(len(boxes))]
    starts = []
    for axis in (0, 1):
        middle = (box[axis] + box[axis + 2]) / 2 + generator.uniform(-0.2, 0.2) * crop[axis]
        starts.append(int(numpy.clip(middle - crop[axis] / 2, 0, size[axis] - crop[axis])))
    return slice(starts[1], starts[1] + crop[1]), slice(starts[0], starts[0] + crop[0])


def crop_questions(
    scene: Scene, shares: numpy.ndarray, generator: numpy.random.Generator, count: int
) -> tuple[Question, ...]:
    """`count` questions, some perhaps twice. shares: [k], how much of what is seen of each thing is in the crop."""
    there = [index for index, share in enumerate(shares) if share >= _THERE]
    found: list[Question] = []
    while len(found) < count:
        kind = generator.random()
        question = None
        if there and kind < 0.3:
            question = _what(scene, shares, there[generator.integers(len(there))], kind < 0.15)
        found.append(question or _presence(scene, shares, there, generator))
    return tuple(found)


def _what(scene: Scene, shares: numpy.ndarray, index: int, colour: bool) -> Question | None:
    thing = scene.things[index]
    query = Query(shape=thing.shape) if colour else Query(colour=thing.colour)
    if any(shares[other] > _GONE for other in query.things(scene) if other != index):
        return None
    if colour:
        return Question("colour", f"What colour is {query.text('the')}?", f"It is {thing.colour}.")
    return Question("shape", f"What is {query.text('the')}?", f"It is {with_article(thing.shape)}.")


def _presence(scene: Scene, shares: numpy.ndarray, there: list[int], generator: numpy.random.Generator) -> Question:
    wanted = bool(there) and generator.random() < 0.5
    for _ in range(_TRIES):
        query = _query(scene, there if wanted else range(len(scene.things)), wanted, generator)
        if query.is_known(scene) and _answer(scene, shares, query) == wanted:
            break
    else:
        query, wanted = _absent(scene, generator), False
    form = _FORMS[generator.integers(len(_FORMS))]
    return Question("presence", form.format(query.text("a")), "Yes." if wanted else "No.")


def _query(scene: Scene, among, wanted: bool, generator: numpy.random.Generator) -> Query:
    thing = scene.things[among[generator.integers(len(among))]]
    shape, colour = thing.shape, thing.colour
    if not wanted:
        near = generator.random()
        colour = COLOURS[generator.integers(len(COLOURS))] if near < 0.7 else colour
        shape = SHAPES[generator.integers(len(SHAPES))] if near > 0.4 else shape
    form = generator.random()
    return Query(shape=shape) if form < 0.15 else Query(colour=colour) if form < 0.25 else Query(shape, colour)


def _answer(scene: Scene, shares: numpy.ndarray, query: Query) -> bool | None:
    """Whether it is in the crop; None where too little of it is."""
    seen = [shares[index] for index in query.things(scene)]
    if any(share >= _THERE for share in seen):
        return True
    return False if all(share <= _GONE for share in seen) else None


def _absent(scene: Scene, generator: numpy.random.Generator) -> Query:
    """Six things have at most six of the eight colours."""
    absent = [colour for colour in COLOURS if not Query(colour=colour).things(scene)]
    return Query(colour=absent[generator.integers(len(absent))])
