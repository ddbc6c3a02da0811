"""Edits of scenes as the SDK has them painted: the surroundings of the thing, on a canvas of the painter's size."""

from dataclasses import dataclass

import numpy
from atelier_models.sd3.request import PaintRequest
from PIL import Image

from ..blockworld import Edit, Scene, random_edit, random_scene, render
from ..blockworld.scene import Split
from .holes import grown
from .model import RESOLUTION
from .prompts import EMPTINESS, NOTHING_WANTED

# Pixels around the hole that the SDK shows a painter.
_MARGIN = 48
_MULTIPLE = 8


@dataclass(frozen=True)
class PaintedEdit:
    """scene: before. edit: what was asked for. hole: bool [h, w]. box: (left, top, right, bottom) of what is shown."""

    scene: Scene
    edit: Edit
    before: numpy.ndarray
    hole: numpy.ndarray
    box: tuple[int, int, int, int]

    def request(self, steps: int, guidance: float, seed: int) -> PaintRequest:
        left, top, right, bottom = self.box
        longer = max(right - left, bottom - top)
        size = tuple(
            max(_MULTIPLE, round(side * RESOLUTION / longer / _MULTIPLE) * _MULTIPLE)
            for side in (right - left, bottom - top)
        )
        image = Image.fromarray(self.before).crop(self.box).resize(size, Image.Resampling.LANCZOS)
        mask = Image.fromarray(self.hole * numpy.uint8(255)).crop(self.box).resize(size, Image.Resampling.BILINEAR)
        removal = self.edit.prompt is None
        return PaintRequest(
            prompt=self.edit.prompt or EMPTINESS,
            negative_prompt=NOTHING_WANTED if removal else "",
            image=image,
            mask=mask.point(lambda value: 255 if value else 0),
            width=size[0],
            height=size[1],
            steps=steps,
            guidance=guidance,
            strength=1.0,
            seed=seed,
        )

    def composite(self, painted: Image.Image) -> numpy.ndarray:
        """[h, w, 3] uint8: the picture after the edit; outside the hole it is the one before."""
        left, top, right, bottom = self.box
        after = self.before.copy()
        part, inside = after[top:bottom, left:right], self.hole[top:bottom, left:right]
        part[inside] = numpy.asarray(painted.resize((right - left, bottom - top), Image.Resampling.LANCZOS))[inside]
        return after


def painted_edits(split: Split, count: int, held_out: bool = False) -> list[PaintedEdit]:
    """The first `count` edits of a split, removals and replacements in turn."""
    edits: list[PaintedEdit] = []
    index = 0
    while len(edits) < count:
        scene = random_scene(split, index, held_out)
        generator = numpy.random.default_rng([index, 44])
        edit = random_edit(scene, generator, "replace" if len(edits) % 2 else "remove")
        index += 1
        if edit is not None:
            edits.append(_painted(scene, edit))
    return edits


def _painted(scene: Scene, edit: Edit) -> PaintedEdit:
    picture = render(scene)
    mask = picture.masks[edit.thing]
    hole = grown(mask, grow=max(3.0, 0.05 * float(mask.sum()) ** 0.5))
    rows, columns = numpy.flatnonzero(hole.any(axis=1)), numpy.flatnonzero(hole.any(axis=0))
    box = (
        max(0, int(columns[0]) - _MARGIN),
        max(0, int(rows[0]) - _MARGIN),
        min(scene.width, int(columns[-1]) + 1 + _MARGIN),
        min(scene.height, int(rows[-1]) + 1 + _MARGIN),
    )
    return PaintedEdit(scene, edit, picture.pixels, hole, box)
