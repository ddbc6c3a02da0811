"""A scene in words."""

from collections.abc import Sequence

from .scene import Scene, Thing
from .words import Ground, with_article


def describe(scene: Scene) -> str:
    """ "a large red ball, a blue cube and a small green ring on a grey background", from left to right."""
    return describe_things(sorted(scene.things, key=lambda thing: thing.x), scene.ground)


def describe_things(things: Sequence[Thing], ground: Ground) -> str:
    """The same for these things in this order; there is at least one."""
    names = [with_article(_name(thing)) for thing in things]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{listed} on a {ground} background"


def _name(thing: Thing) -> str:
    return thing.name if thing.size == "medium" else f"{thing.size} {thing.name}"
