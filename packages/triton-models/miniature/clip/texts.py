"""Descriptions for training: as they are, and with things in another order or left out."""

import numpy

from ..blockworld import Scene, describe_things


def description_of(scene: Scene, mirrored: bool, generator: numpy.random.Generator) -> str:
    """Two thirds are what `describe` says of the (mirrored) picture."""
    things = sorted(scene.things, key=lambda thing: -thing.x if mirrored else thing.x)
    if generator.random() < 1 / 3:
        kept = max(1, len(things) - int(generator.integers(2)))
        things = [things[place] for place in generator.permutation(len(things))[:kept]]
    return describe_things(things, scene.ground)
