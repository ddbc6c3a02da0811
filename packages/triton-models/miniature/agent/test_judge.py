import dataclasses
import json

import numpy
import pytest
from PIL import Image

from ..blockworld import COLOUR_VALUES, Thing, explain, render
from .judge import judge, judge_all, near_changes
from .places import State, look_everywhere
from .tasks import task_of

TASK = task_of("validation", 10)
BEFORE = render(TASK.before)


def test_each_thing_is_named_and_what_is_not_there_is_not():
    for index in (0, len(TASK.before.things) - 1):
        thing = TASK.before.things[index]
        rest = TASK.before.without(index)
        assert explain(BEFORE.pixels, rest, thing, index).words == thing.name
        assert explain(render(rest).pixels, rest, thing, index).words == "nothing"


def test_a_thing_that_is_smaller_turned_and_a_little_beside_is_still_named():
    index = len(TASK.before.things) - 1
    thing = TASK.before.things[index]
    moved = dataclasses.replace(thing, x=thing.x + 2, y=thing.y - 2, radius=0.85 * thing.radius)
    pixels = render(TASK.before.with_thing(index, moved)).pixels
    assert explain(pixels, TASK.before.without(index), thing, index).words == thing.name


def test_a_paler_shade_of_the_colour_is_clear_enough():
    thing = Thing("cube", "purple", "medium", 60, 60, 15, 0, (1, 1, 1))
    scene = dataclasses.replace(TASK.before, width=128, height=128, things=(thing,))
    with_thing, without = render(scene).pixels.astype(float), render(scene.without(0)).pixels.astype(float)
    inside = render(scene).masks[0]
    pixels = without.copy()
    pixels[inside] = 0.8 * with_thing[inside] + 0.2 * 255
    assert explain(pixels.astype(numpy.uint8), scene.without(0), thing, 0).words == "purple cube"


def test_a_splinter_of_its_colour_is_not_clearly_the_thing():
    index = len(TASK.before.things) - 1
    thing = TASK.before.things[index]
    rest = TASK.before.without(index)
    pixels = render(rest).pixels.copy()
    y, x = numpy.mgrid[: pixels.shape[0], : pixels.shape[1]]
    splinter = (x - thing.x) ** 2 / 0.1 + (y - thing.y) ** 2 / 1.5 < thing.radius**2
    pixels[splinter] = 255 * numpy.array(COLOUR_VALUES[thing.colour])
    found = explain(pixels, rest, thing, index)
    assert not found.clear and found.words.startswith("something like a")


def test_the_scene_as_it_should_be_is_right_and_as_it_was_is_not():
    first = State.first(TASK.before, BEFORE.pixels)
    last = TASK.steps[-1]
    assert all(finding.right for finding in look_everywhere(first, State(last.after, last.ids, _after())))
    unchanged = look_everywhere(first, State(last.after, last.ids, BEFORE.pixels))
    assert sum(not finding.right for finding in unchanged) == 2


@pytest.mark.parametrize(
    ("steps_done", "tool"), [(2, None), (1, "inpaint_image"), (0, "remove_object")], ids=["all", "one", "none"]
)
def test_a_task_is_judged_and_the_first_tool_that_went_wrong_is_named(tmp_path, steps_done, tool):
    result = _played(tmp_path, steps_done)
    verdict = judge(TASK, result, tmp_path, tmp_path)
    assert verdict["completed"] == (tool is None)
    assert verdict["tool"] == tool


def test_pixels_outside_the_masks_are_counted(tmp_path):
    result = _played(tmp_path, 2)
    pixels = numpy.array(Image.open(tmp_path / result["picture"]))
    masks = [numpy.array(Image.open(tmp_path / edit["mask"])) > 0 for edit in result["edits"]]
    outside = numpy.argwhere(~numpy.any(masks, axis=0))[:3]
    pixels[outside[:, 0], outside[:, 1]] ^= 1
    Image.fromarray(pixels).save(tmp_path / result["picture"])
    verdict = judge(TASK, result, tmp_path, tmp_path)
    assert verdict["changedOutsideMasks"] == 3
    assert not verdict["completed"]


def test_masks_that_allow_everything_do_not_excuse_what_was_painted_elsewhere(tmp_path):
    result = _played(tmp_path, 2)
    for edit in result["edits"]:
        Image.new("L", (TASK.before.width, TASK.before.height), 255).save(tmp_path / edit["mask"])
    assert judge(TASK, result, tmp_path, tmp_path)["completed"]
    pixels = numpy.array(Image.open(tmp_path / result["picture"]))
    free = ~near_changes(TASK)
    pixels[free] = (255, 0, 255)
    Image.fromarray(pixels).save(tmp_path / result["picture"])
    verdict = judge(TASK, result, tmp_path, tmp_path)
    assert verdict["changedOutsideMasks"] == 0 and verdict["changedElsewhere"] == free.sum() > 1_000
    assert not verdict["completed"]


def test_what_was_not_tried_is_not_left_out_and_what_is_unknown_is_refused(tmp_path):
    (tmp_path / "tasks.json").write_text(json.dumps([TASK.to_json()]))
    assert [verdict["reason"] for verdict in judge_all(tmp_path, tmp_path, [])] == ["not tried"]
    with pytest.raises(SystemExit, match="nobody"):
        judge_all(tmp_path, tmp_path, [{"name": "nobody"}])


def test_a_thing_that_is_not_found_is_the_detectors_fault(tmp_path):
    result = _played(tmp_path, 2)
    result["calls"][1].update(output=None, error={"code": "choice-needed", "message": "which one?"})
    result["picture"] = TASK.picture
    assert judge(TASK, result, tmp_path, tmp_path)["tool"] == "detect_objects"


def _after() -> numpy.ndarray:
    """The last picture as edits make it: equal to the first where nothing was done."""
    return _state(2)


def _state(steps: int) -> numpy.ndarray:
    pixels = BEFORE.pixels.copy()
    before = TASK.before
    for step in TASK.steps[:steps]:
        after = render(step.after, jpeg=False).pixels
        touched = (render(before, jpeg=False).pixels != after).any(axis=2)
        pixels[touched] = after[touched]
        before = step.after
    return pixels


def _played(folder, steps_done: int) -> dict:
    """What an agent leaves that sees everything rightly, and whose first `steps_done` edits come out."""
    Image.fromarray(BEFORE.pixels).save(folder / TASK.picture)
    calls, edits = [], []
    scene = render(TASK.before)
    ids = tuple(range(len(TASK.before.things)))
    for number, step in enumerate(TASK.steps):
        index = ids.index(step.things[0])
        done = min(number + 1, steps_done)
        mask, image = f"mask-{number}.png", f"image-{number}.png"
        Image.fromarray(scene.masks[index].astype(numpy.uint8) * 255).save(folder / mask)
        Image.fromarray(_state(done)).save(folder / image)
        changed = (_state(number) != _state(number + 1)).any(axis=2)
        Image.fromarray(changed.astype(numpy.uint8) * 255).save(folder / f"edited-{number}.png")
        left, top, right, bottom = scene.boxes[index].tolist()
        things = [{"box": {"x": left, "y": top, "width": right - left, "height": bottom - top}}]
        tool = {"replace": "inpaint_image", "remove": "remove_object"}[step.operation]
        calls += [
            {"tool": "detect_objects", "input": {}, "output": {"detections": things}, "error": None},
            {"tool": "segment_object", "input": {}, "output": {"things": things}, "error": None, "mask": mask},
            {"tool": tool, "input": {}, "output": {}, "error": None, "image": image},
        ]
        edits.append({"tool": tool, "mask": f"edited-{number}.png"})
        scene, ids = render(step.after), step.ids
    return {
        "planMistakes": [],
        "picture": "image-1.png",
        "calls": calls,
        "edits": edits,
        "verified": True,
        "error": None,
    }


def test_a_thing_needs_no_place_in_the_middle():
    """At the border of the picture there is less of it to compare."""
    thing = Thing("ball", "red", "small", 11.0, 11.0, 10.0, 0.0, (1.0, 1.0, 1.0))
    scene = dataclasses.replace(TASK.before, things=(thing,))
    assert explain(render(scene).pixels, scene.without(0), thing, 0).words == "red ball"
