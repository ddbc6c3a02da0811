"""What each model is asked about scenes of a split, and what is right. All coordinates are pixels of the picture."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy

from ..blockworld import (
    EditKind,
    Picture,
    Scene,
    Split,
    describe,
    phrases_of,
    point_on,
    questions_of,
    random_edit,
    random_scene,
    render,
)

PHRASES, QUESTIONS = 8, 14


class Example(NamedTuple):
    """
    content: JSON. masks: [n, height, width] bool. expected: [height, width, 3] uint8 sRGB, the picture after an edit.
    Masks and what is expected are written beside the picture.
    """

    picture: Picture
    content: dict[str, Any]
    masks: numpy.ndarray | None = None
    expected: numpy.ndarray | None = None


def detections(split: Split, index: int, held_out: bool = False) -> Iterator[Example]:
    """Phrases with the boxes (xyxy) of all that each fits; with `held_out` those of a pair that training never had."""
    scene, picture, generator = _drawn(split, index, held_out)
    phrases = phrases_of(scene, generator, PHRASES)
    asked = [{"text": phrase.text, "query": phrase.query.text(), "things": phrase.things} for phrase in phrases]
    if held_out:
        thing = scene.things[0]
        things = [place for place, other in enumerate(scene.things) if other.pair == thing.pair]
        asked = [{"text": f"the {thing.name}", "query": thing.name, "things": things}]
    boxes = [{**phrase, "boxes": [picture.boxes[place].tolist() for place in phrase["things"]]} for phrase in asked]
    yield Example(picture, {"phrases": boxes})


def held_out_detections(split: Split, index: int) -> Iterator[Example]:
    return detections(split, index, held_out=True)


def segmentations(split: Split, index: int) -> Iterator[Example]:
    """For each thing its box (xyxy), one point (x, y) on it, not at its very edge, and its mask."""
    scene, picture, generator = _drawn(split, index)
    points = [point_on(mask, generator) for mask in picture.masks]
    things = [
        {"name": thing.name, "box": box.tolist(), "point": point}
        for thing, box, point in zip(scene.things, picture.boxes, points, strict=True)
    ]
    yield Example(picture, {"things": things}, picture.masks)


def answers(split: Split, index: int) -> Iterator[Example]:
    scene, picture, generator = _drawn(split, index)
    questions = questions_of(scene, picture, generator, QUESTIONS)
    yield Example(picture, {"questions": [dataclasses.asdict(question) for question in questions]})


def descriptions(split: Split, index: int) -> Iterator[Example]:
    scene, picture, _ = _drawn(split, index)
    yield Example(picture, {"description": describe(scene)})


def paintings(split: Split, index: int) -> Iterator[Example]:
    """A removal or a replacement, in turn."""
    return _edit(split, index, ("remove", "replace")[index % 2])


def recolourings(split: Split, index: int) -> Iterator[Example]:
    return _edit(split, index, "recolour")


KINDS: dict[str, Callable[[Split, int], Iterator[Example]]] = {
    "detections": detections,
    "held-out-detections": held_out_detections,
    "segmentations": segmentations,
    "answers": answers,
    "descriptions": descriptions,
    "paintings": paintings,
    "recolourings": recolourings,
}


def _drawn(split: Split, index: int, held_out: bool = False) -> tuple[Scene, Picture, numpy.random.Generator]:
    scene = random_scene(split, index, held_out)
    return scene, render(scene), numpy.random.default_rng([scene.seed, index])


def _edit(split: Split, index: int, kind: EditKind) -> Iterator[Example]:
    """
    An edit of one thing: its box (xyxy) and mask, its name, the boxes of all others, what is wanted there (null:
    nothing), and the picture that is expected. No example where words name no thing.
    """
    scene, picture, generator = _drawn(split, index)
    edit = random_edit(scene, generator, kind)
    if edit is None:
        return
    thing, wanted = scene.things[edit.thing], None
    if edit.prompt is not None:
        new = edit.after.things[edit.thing]
        wanted = {"prompt": edit.prompt, "shape": new.shape, "colour": new.colour}
    yield Example(
        picture,
        {
            "kind": edit.kind,
            "instruction": edit.instruction,
            "name": thing.name,
            "box": picture.boxes[edit.thing].tolist(),
            "others": numpy.delete(picture.boxes, edit.thing, axis=0).tolist(),
            "wanted": wanted,
            "thing": edit.thing,
            "scene": scene.to_json(),
        },
        picture.masks[edit.thing : edit.thing + 1],
        render(edit.after).pixels,
    )
