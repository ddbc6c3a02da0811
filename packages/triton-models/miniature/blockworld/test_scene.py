import json

import numpy
import pytest

from . import HELD_OUT, MOST_THINGS, Scene, random_scene, render


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_the_same_place_is_the_same_scene(split):
    assert random_scene(split, 7) == random_scene(split, 7)
    assert (render(random_scene(split, 7)).pixels == render(random_scene(split, 7)).pixels).all()


def test_splits_and_indices_are_apart():
    scenes = [random_scene(split, index) for split in ("train", "validation", "test") for index in range(5)]
    assert len(set(scenes)) == len(scenes)


def test_a_scene_survives_json():
    scene = random_scene("train", 3)
    assert Scene.from_json(json.loads(json.dumps(scene.to_json()))) == scene


def test_held_out_pairs_are_only_where_they_are_asked_for():
    usual = {thing.pair for index in range(200) for thing in random_scene("train", index).things}
    assert not usual & HELD_OUT
    assert len(usual) > 35
    for index in range(30):
        assert random_scene("test", index, held_out=True).things[0].pair in HELD_OUT


def test_things_lie_in_the_picture_and_are_mostly_seen():
    for index in range(60):
        scene = random_scene("validation", index)
        picture = render(scene)
        assert 1 <= len(scene.things) <= MOST_THINGS
        for place, thing in enumerate(scene.things):
            alone = render(scene.without(place), jpeg=False)
            assert alone.masks.shape[0] == len(scene.things) - 1
            whole = render(Scene.from_json({**scene.to_json(), "things": [scene.to_json()["things"][place]]}))
            assert picture.masks[place].sum() >= 0.75 * whole.masks[0].sum()
            assert thing.radius <= thing.x <= scene.width - thing.radius


def test_boxes_are_the_extent_of_masks():
    picture = render(random_scene("validation", 1))
    for mask, (left, top, right, bottom) in zip(picture.masks, picture.boxes.astype(int), strict=True):
        assert mask[top:bottom, left:right].sum() == mask.sum()
        assert mask[top].any() and mask[bottom - 1].any() and mask[:, left].any() and mask[:, right - 1].any()


def test_a_removed_thing_changes_only_its_place_and_its_shadow():
    scene = next(scene for index in range(99) if len((scene := random_scene("train", index)).things) == 1)
    thing = scene.things[0]
    before, after = render(scene, jpeg=False), render(scene.without(0), jpeg=False)
    changed = (before.pixels != after.pixels).any(axis=-1)
    assert (changed & before.masks[0]).sum() > 0.95 * before.masks[0].sum()
    rows, columns = numpy.nonzero(changed)
    assert numpy.hypot(rows - thing.y, columns - thing.x).max() < 2.8 * thing.radius + 2
