"""
What could have happened to a thing of each training scene: the picture without it, and with another one in its place.
Drawn once, of the surroundings of the thing alone, and kept beside the scenes.
"""

import json
import multiprocessing
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import numpy
from tqdm import tqdm

from ..blockworld import COLOURS, HELD_OUT, SHAPES, Scene, Thing, random_scene, random_tilt, random_tint, render
from ..blockworld.outline import visible_masks
from ..blockworld.scene import Split
from ..training.folders import made_once, world_folder
from .holes import grown, silhouette

# Of the kept surroundings, in pixels; holes are never larger.
SIDE = 80
_LEAST_RADIUS, _SMALL, _LARGE = 8.0, 12.0, 17.0
# A new thing is made smaller until the hole of the old one shows so much of it.
_SHOWN = 0.93
_SHRINK = 0.94
# Of a new thing behind others.
_SEEN = 0.6
_TRIES = 8
_WORTH_A_POOL = 100


class Pairs:
    """
    things: [n] int, which thing of scene i. others: what may come in its place. corners: [n, 2] int, x and y of the
    surroundings in the picture. without, replaced: [n, 80, 80, 3] uint8, the surroundings after each edit.
    """

    def __init__(self, split: Split, count: int, folder: Path | None = None):
        """Draws them first where that was not done yet, while other processes wait for it. folder: as of scenes."""
        place = world_folder(folder) / f"pairs-{split}-{count}"
        made_once(place, lambda making: _draw(making, split, count))
        self.things, self.corners = numpy.load(place / "things.npy"), numpy.load(place / "corners.npy")
        self.without = numpy.load(place / "without.npy", mmap_mode="r")
        self.replaced = numpy.load(place / "replaced.npy", mmap_mode="r")
        self.others = [_thing(json.loads(line)) for line in (place / "others.jsonl").read_text().splitlines()]

    def __len__(self) -> int:
        return len(self.others)


def random_other(generator: numpy.random.Generator, scene: Scene, index: int) -> Thing | None:
    """Something else in the place of a thing, of which enough is seen, and which hides nothing wholly."""
    for _ in range(_TRIES):
        other = fitting_thing(generator, scene, index)
        edited = scene.with_thing(index, other)
        seen = visible_masks(edited.things, scene.width, scene.height).sum(axis=(1, 2))
        if seen.all() and seen[index] >= _SEEN * silhouette(other, scene.width, scene.height).sum():
            return other
    return None


def fitting_thing(generator: numpy.random.Generator, scene: Scene, index: int) -> Thing:
    """Something else in the place of a thing, as large as the hole that the old one leaves can show."""
    old = scene.things[index]
    colour, shape = old.pair
    while (colour, shape) == old.pair or (colour, shape) in HELD_OUT:
        colour, shape = COLOURS[generator.integers(len(COLOURS))], SHAPES[generator.integers(len(SHAPES))]
    hole = grown(silhouette(old, scene.width, scene.height), grow=3)
    radius = old.radius * generator.uniform(0.92, 1.05)
    tilt, tint = random_tilt(generator, shape), random_tint(generator)
    while True:
        size = "small" if radius < _SMALL else "large" if radius > _LARGE else "medium"
        new = replace(old, shape=shape, colour=colour, size=size, radius=round(radius, 3), tilt=tilt, tint=tint)
        outline = silhouette(new, scene.width, scene.height)
        if (outline & hole).sum() >= _SHOWN * outline.sum() or radius * _SHRINK < _LEAST_RADIUS:
            return new
        radius *= _SHRINK


def _draw(folder: Path, split: Split, count: int) -> None:
    patches = (count, SIDE, SIDE, 3)
    without = numpy.lib.format.open_memmap(folder / "without.npy", mode="w+", dtype=numpy.uint8, shape=patches)
    replaced = numpy.lib.format.open_memmap(folder / "replaced.npy", mode="w+", dtype=numpy.uint8, shape=patches)
    things, corners = numpy.zeros(count, dtype=numpy.int64), numpy.zeros((count, 2), dtype=numpy.int64)
    with open(folder / "others.jsonl", "w") as lines:
        for index, pair in enumerate(tqdm(_pairs(split, count), total=count, desc=f"{split} pairs")):
            things[index], corners[index], without[index], replaced[index], other = pair
            lines.write(json.dumps(asdict(other)) + "\n")
    for array in (without, replaced):
        array.flush()
    numpy.save(folder / "things.npy", things)
    numpy.save(folder / "corners.npy", corners)


def _pairs(split: Split, count: int) -> Iterator:
    places = ((split, index) for index in range(count))
    if count < _WORTH_A_POOL:
        yield from map(_pair, places)
        return
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        yield from pool.imap(_pair, places, chunksize=50)


def _pair(place: tuple[Split, int]):
    scene = random_scene(*place)
    generator = numpy.random.default_rng([place[1], 33])
    other = None
    while other is None:
        index = int(generator.integers(len(scene.things)))
        other = random_other(generator, scene, index)
    thing = scene.things[index]
    corner = [
        int(numpy.clip(round(middle - SIDE / 2), 0, side - SIDE))
        for middle, side in ((thing.x, scene.width), (thing.y, scene.height))
    ]
    rows, columns = slice(corner[1], corner[1] + SIDE), slice(corner[0], corner[0] + SIDE)
    after = [render(edited).pixels[rows, columns] for edited in (scene.without(index), scene.with_thing(index, other))]
    return index, corner, *after, other


def _thing(value: dict) -> Thing:
    return Thing(**{**value, "tint": tuple(value["tint"])})
