"""Scenes for training, drawn once and kept on disk as memory-mapped arrays."""

import json
import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

import numpy
from tqdm import tqdm

from ..blockworld import MOST_THINGS, Scene, Split, random_scene, render
from .folders import made_once, world_folder

SIDE = 128
_COUNTS: dict[Split, int] = {"train": 20_000, "validation": 1_000}
_AT_ONCE = 100


class TrainingScenes:
    """
    The scenes of a split in the order of their indices.

    pixels: [n, 128, 128, 3] uint8, each picture at the top left, zeros to the right and below.
    sizes: [n, 2] int64, (width, height).
    """

    def __init__(self, split: Split, count: int | None = None, folder: Path | None = None):
        """Draws them first where that was not done yet (about a minute), while other processes wait for it."""
        count = count or _COUNTS[split]
        place = made_once(world_folder(folder) / f"{split}-{count}", lambda making: _draw(making, split, count))
        self.pixels = numpy.load(place / "pixels.npy", mmap_mode="r")
        self.sizes = numpy.load(place / "sizes.npy")
        self._boxes = numpy.load(place / "boxes.npy")
        self._masks = numpy.load(place / "masks.npy", mmap_mode="r")
        self._scenes = [Scene.from_json(json.loads(line)) for line in (place / "scenes.jsonl").read_text().splitlines()]

    def __len__(self) -> int:
        return len(self._scenes)

    def __getitem__(self, index: int) -> Scene:
        return self._scenes[index]

    def boxes(self, index: int) -> numpy.ndarray:
        """[k, 4] float32 xyxy of the k things, in pixels."""
        return self._boxes[index, : len(self[index].things)]

    def masks(self, index: int) -> numpy.ndarray:
        """[k, 128, 128] bool, what is seen of each of the k things."""
        return numpy.unpackbits(self._masks[index, : len(self[index].things)], axis=-1).astype(bool)


def _draw(folder: Path, split: Split, count: int) -> None:
    def array(name: str, shape: tuple[int, ...], dtype) -> numpy.memmap:
        return numpy.lib.format.open_memmap(folder / f"{name}.npy", mode="w+", dtype=dtype, shape=shape)

    pixels = array("pixels", (count, SIDE, SIDE, 3), numpy.uint8)
    masks = array("masks", (count, MOST_THINGS, SIDE, SIDE // 8), numpy.uint8)
    sizes, boxes = array("sizes", (count, 2), numpy.int64), array("boxes", (count, MOST_THINGS, 4), numpy.float32)
    with open(folder / "scenes.jsonl", "w") as lines:
        for index, (scene, picture) in enumerate(tqdm(_pictures(split, count), total=count, desc=f"{split} scenes")):
            things = len(scene.things)
            pixels[index, : scene.height, : scene.width] = picture.pixels
            padding = ((0, 0), (0, SIDE - scene.height), (0, SIDE - scene.width))
            masks[index, :things] = numpy.packbits(numpy.pad(picture.masks, padding), axis=-1)
            boxes[index, :things] = picture.boxes
            sizes[index] = scene.width, scene.height
            lines.write(json.dumps(scene.to_json()) + "\n")
    for values in (pixels, masks, sizes, boxes):
        values.flush()


def _pictures(split: Split, count: int) -> Iterator:
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        yield from pool.imap(_picture, ((split, index) for index in range(count)), chunksize=_AT_ONCE)


def _picture(place: tuple[Split, int]):
    scene = random_scene(*place)
    return scene, render(scene)
