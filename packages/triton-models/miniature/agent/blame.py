"""Which tool was the first to go wrong."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
from PIL import Image

from ..blockworld import Thing
from .answers import is_right
from .places import State, look_everywhere, mask_of
from .references import visible_boxes
from .task import Step, Task

_SAME_BOX = 0.5
_SAME_MASK = 0.7
_LOOKS = ("detect_objects", "segment_object")
# Nothing, or not one thing, fits the words: segment_object asks the detector for them.
_NOT_FOUND = ("no-match", "choice-needed", "phrase-unknown")

Call = dict[str, Any]


def first_mistake(task: Task, calls: list[Call], folder: Path, before: numpy.ndarray) -> tuple[str, str] | None:
    """
    The tool whose result deviates first, and how. calls: as they ran, with names of files in `folder`. None where each
    did its part.
    """
    now = State.first(task.before, before)
    left = iter(calls)
    for step in task.steps:
        if not step.done:
            continue
        mistake = _ask_mistake(step, left) if step.operation == "ask" else _edit_mistake(step, left, now, folder)
        if isinstance(mistake, tuple):
            return mistake
        now = mistake or now
    return None


def _ask_mistake(step: Step, calls: Iterator[Call]) -> tuple[str, str] | None:
    call = next(calls, None)
    if call is None:
        return "plan", "the question was not put"
    said = call["output"]
    if said is None:
        return call["tool"], _error_of(call)
    if call["tool"] == "detect_objects" and step.check:
        there = bool(said["detections"])
        wrong = there != (step.answer.value == "yes")
        return ("detect_objects", f"{len(said['detections'])} found for {step.phrase}") if wrong else None
    if call["tool"] != "ask_image":
        return "plan", f"{call['tool']} instead of a question"
    if is_right(step.answer, said["answer"]):
        return None
    return "ask_image", f'"{call["input"]["question"]}" "{said["answer"]}" ({step.answer.value})'


def _edit_mistake(step: Step, calls: Iterator[Call], now: State, folder: Path) -> State | tuple[str, str]:
    indices = [now.ids.index(thing) for thing in step.things]
    things = [now.scene.things[index] for index in indices]
    for call in calls:
        mistake = _failure(call)
        if mistake is None and call["tool"] in _LOOKS:
            mistake = _look_mistake(call, now, indices, things, folder)
        if mistake is not None:
            return mistake
        if call["tool"] in _LOOKS:
            continue
        if call["tool"] == "ask_image" or "image" not in call:
            return "plan", f"{call['tool']} instead of {step.operation}"
        after = State(step.after, step.ids, numpy.array(Image.open(folder / call["image"]).convert("RGB")))
        wrong = [finding for finding in look_everywhere(now, after) if not finding.right]
        if wrong:
            return call["tool"], ", ".join(f"{finding.found} instead of {finding.wanted}" for finding in wrong)
        return after
    return "plan", f"{step.operation} was not tried"


def _failure(call: Call) -> tuple[str, str] | None:
    output = call["output"]
    if output is not None and output.get("needs") != "choice":
        return None
    not_found = output is not None or call["error"].get("code") in _NOT_FOUND
    tool = "detect_objects" if call["tool"] == "segment_object" and not_found else call["tool"]
    return tool, _error_of(call) if output is None else f"{output['reason']}: {output['phrase']}"


def _error_of(call: Call) -> str:
    return f"{call['error'].get('code', 'error')}: {call['error'].get('message', '')}"


def _look_mistake(
    call: Call, now: State, indices: list[int], things: list[Thing], folder: Path
) -> tuple[str, str] | None:
    output = call["output"]
    found = output["detections"] if call["tool"] == "detect_objects" else output["things"]
    boxes = [_corners(detection["box"]) for detection in found]
    wanted = [visible_boxes(now.scene)[index] for index in indices]
    if (boxes and not _same_boxes(boxes, wanted)) or (call["tool"] == "detect_objects" and not boxes):
        return (
            "detect_objects",
            f"{len(boxes)} found, {sum(_fits(box, boxes) for box in wanted)} of {len(wanted)} right",
        )
    if call["tool"] == "detect_objects":
        return None
    cut = numpy.array(Image.open(folder / call["mask"]).convert("L")) > 127
    truth = mask_of(now.scene, things)
    overlap = float((cut & truth).sum() / (cut | truth).sum())
    return ("segment_object", f"IoU {overlap:.2f}") if overlap < _SAME_MASK else None


def _same_boxes(boxes: list[numpy.ndarray], wanted: list[numpy.ndarray]) -> bool:
    return len(boxes) == len(wanted) and all(_fits(box, boxes) for box in wanted)


def _fits(box: numpy.ndarray, boxes: list[numpy.ndarray]) -> bool:
    return any(_overlap(box, other) >= _SAME_BOX for other in boxes)


def _corners(box: dict[str, float]) -> numpy.ndarray:
    return numpy.array([box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]])


def _overlap(one: numpy.ndarray, other: numpy.ndarray) -> float:
    """Intersection over union of two boxes, xyxy."""
    shared = numpy.clip(numpy.minimum(one[2:], other[2:]) - numpy.maximum(one[:2], other[:2]), 0, None).prod()
    return float(shared / ((one[2:] - one[:2]).prod() + (other[2:] - other[:2]).prod() - shared))
