"""What is to be seen in the places of a scene after edits: as it should be, or what else."""

from dataclasses import dataclass

import numpy

from ..blockworld import Scene, Thing, explain
from ..blockworld.outline import visible_masks


@dataclass(frozen=True)
class State:
    """A picture that should show `scene`; ids: the index in the scene before the task of each of its things, rising."""

    scene: Scene
    ids: tuple[int, ...]
    pixels: numpy.ndarray

    @staticmethod
    def first(scene: Scene, pixels: numpy.ndarray) -> "State":
        return State(scene, tuple(range(len(scene.things))), pixels)


@dataclass(frozen=True)
class Finding:
    """wanted: "red ball" or "nothing". found: that too, or what is not clear."""

    thing: int
    wanted: str
    found: str

    @property
    def right(self) -> bool:
        return self.wanted == self.found


def look(first: State, now: State, thing: int) -> Finding:
    """
    Whether the place of a thing of an earlier scene shows what it should. A thing that was to stay and of which no
    pixel changed is there.
    """
    before = first.scene.things[first.ids.index(thing)]
    if thing not in now.ids:
        behind = sum(other < thing for other in now.ids)
        return Finding(thing, "nothing", explain(now.pixels, now.scene, before, behind).words)
    index = now.ids.index(thing)
    wanted = now.scene.things[index]
    if wanted == before and not _touched(first, now, thing):
        return Finding(thing, wanted.name, wanted.name)
    return Finding(thing, wanted.name, explain(now.pixels, now.scene.without(index), wanted, index).words)


def look_everywhere(first: State, now: State) -> list[Finding]:
    return [look(first, now, thing) for thing in first.ids]


def changed(one: numpy.ndarray, other: numpy.ndarray) -> numpy.ndarray:
    """[height, width] bool."""
    return (one != other).any(axis=2)


def mask_of(scene: Scene, things: list[Thing]) -> numpy.ndarray:
    """[height, width] bool, the visible pixels of these things of the scene."""
    masks = visible_masks(scene.things, scene.width, scene.height)
    chosen = [masks[index] for index, thing in enumerate(scene.things) if thing in things]
    return numpy.any(chosen, axis=0) if chosen else numpy.zeros((scene.height, scene.width), dtype=bool)


def _touched(first: State, now: State, thing: int) -> bool:
    masks = visible_masks(first.scene.things, first.scene.width, first.scene.height)
    mask = masks[first.ids.index(thing)]
    return bool((changed(first.pixels, now.pixels) & mask).any())
