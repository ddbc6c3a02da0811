"""Words for things of a scene, and whether everybody would understand them in the same way."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import numpy

from ..blockworld import Query, Scene, boxes_of
from ..blockworld.outline import visible_masks

Place = Literal["only", "all", "left", "right", "top", "bottom", "largest", "smallest", "next to"]
PLACES: tuple[Place, ...] = get_args(Place)

# What is meant stands this much nearer to its side than the next of its kind; shares of the picture.
_APART = 0.2
_NEAR_SIDE, _BEYOND = 0.42, 0.52
_AREA_RATIO = 1.6
# Between boxes, pixels: as near as this is next to; the others of its kind are this much farther away.
_NEXT_GAP, _FARTHER = 14, 22

# How often each kind of words is said.
_WEIGHTS: dict[Place, float] = {
    "only": 5,
    "all": 1.5,
    "left": 1.5,
    "right": 1.5,
    "top": 1,
    "bottom": 1,
    "largest": 1.5,
    "smallest": 1.5,
    "next to": 0.5,
}


@dataclass(frozen=True)
class Reference:
    """query: the kind of thing. place: which of them. anchor: what it is next to. words: as a person says it."""

    query: Query
    place: Place
    words: str
    anchor: Query | None = None

    def things(self, scene: Scene) -> tuple[int, ...]:
        """The indices that are meant; empty where two careful readers might not agree."""
        group = self.query.things(scene)
        if self.place == "all":
            return group if len(group) >= 2 else ()
        if self.place == "only":
            return group if len(group) == 1 else ()
        boxes = visible_boxes(scene)
        if self.place == "next to":
            return _next_to(self.query, self.anchor, scene, boxes)
        if len(group) < 2:
            return ()
        if self.place in ("largest", "smallest"):
            return _by_size(group, boxes, -1 if self.place == "largest" else 1)
        return _by_side(group, boxes, self.place, scene)


@lru_cache(maxsize=64)
def visible_boxes(scene: Scene) -> numpy.ndarray:
    """[n, 4] xyxy of what is seen of each thing."""
    return boxes_of(visible_masks(scene.things, scene.width, scene.height))


def _by_side(group: tuple[int, ...], boxes: numpy.ndarray, place: Place, scene: Scene) -> tuple[int, ...]:
    axis = 0 if place in ("left", "right") else 1
    shares = (boxes[:, axis] + boxes[:, axis + 2]) / 2 / (scene.width, scene.height)[axis]
    if place in ("right", "bottom"):
        shares = 1 - shares
    first, second = sorted(group, key=lambda index: shares[index])[:2]
    clear = shares[first] <= _NEAR_SIDE and shares[second] >= _BEYOND and shares[second] - shares[first] >= _APART
    return (first,) if clear else ()


def _by_size(group: tuple[int, ...], boxes: numpy.ndarray, sign: int) -> tuple[int, ...]:
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    first, second = sorted(group, key=lambda index: sign * areas[index])[:2]
    pair = sorted((areas[first], areas[second]))
    return (first,) if pair[1] >= _AREA_RATIO * pair[0] else ()


def _next_to(query: Query, anchor: Query | None, scene: Scene, boxes: numpy.ndarray) -> tuple[int, ...]:
    anchors = anchor.things(scene) if anchor else ()
    if len(anchors) != 1:
        return ()
    others = [index for index in query.things(scene) if index != anchors[0]]
    gaps = {index: _gap(boxes[index], boxes[anchors[0]]) for index in others}
    ordered = sorted(others, key=lambda index: gaps[index])
    if not ordered or gaps[ordered[0]] > _NEXT_GAP:
        return ()
    if len(ordered) > 1 and gaps[ordered[1]] < gaps[ordered[0]] + _FARTHER:
        return ()
    return (ordered[0],)


def _gap(one: numpy.ndarray, other: numpy.ndarray) -> float:
    """Pixels between two boxes."""
    across = max(one[0] - other[2], other[0] - one[2], 0)
    down = max(one[1] - other[3], other[1] - one[3], 0)
    return float(numpy.hypot(across, down))


def references_of(scene: Scene, generator: numpy.random.Generator) -> list[Reference]:
    """One of each kind of words for each thing that they name clearly; what is said more often tends to come first."""
    found: dict[tuple, Reference] = {}
    kinds = {thing.pair for thing in scene.things}
    queries = [
        *(Query(shape, colour) for colour, shape in sorted(kinds)),
        *(Query(shape=shape) for shape in sorted({shape for _, shape in kinds})),
    ]
    for query in queries:
        for place in PLACES:
            anchors = [Query(shape, colour) for colour, shape in sorted(kinds)] if place == "next to" else [None]
            for anchor in anchors:
                reference = Reference(query, place, _words(query, place, anchor, scene, generator), anchor)
                # Nobody says where the only one of its kind is.
                needed = place != "next to" or len(query.things(scene)) > 1
                if anchor != query and needed and reference.things(scene):
                    found[query, place, anchor] = reference
    references = list(found.values())
    weights = numpy.array([_WEIGHTS[reference.place] for reference in references])
    order = numpy.argsort(-(generator.random(len(references)) ** (1 / weights)))
    return [references[index] for index in order]


_WORDS: dict[Place, tuple[str, ...]] = {
    "only": ("the {name}",),
    "left": ("the {name} on the left", "the left {name}", "the leftmost {name}", "the {name} on the left side"),
    "right": ("the {name} on the right", "the right {name}", "the rightmost {name}", "the {name} on the right side"),
    "top": ("the {name} at the top", "the top {name}", "the highest {name}"),
    "bottom": ("the {name} at the bottom", "the bottom {name}", "the lowest {name}"),
    "largest": ("the largest {name}", "the biggest {name}", "the large {name}", "the big {name}"),
    "smallest": ("the smallest {name}", "the small {name}", "the little {name}"),
    "next to": ("the {name} next to the {anchor}", "the {name} beside the {anchor}"),
}


def _words(query: Query, place: Place, anchor: Query | None, scene: Scene, generator: numpy.random.Generator) -> str:
    name, names = query.text(), query.text("plural")
    if place == "all":
        forms = [f"all {names}", f"all the {names}", f"every {name}", f"the {names}"]
        if len(query.things(scene)) == 2:
            forms.append(f"both {names}")
    else:
        forms = [form.format(name=name, anchor=anchor.text() if anchor else "") for form in _WORDS[place]]
    return forms[generator.integers(len(forms))]
