"""
Says of each task whether it was done, by the pixels and without a model:
`python -m miniature.agent.judge --tasks FOLDER --results FOLDER --out report.json`.

Done means: each place shows what it should, no pixel changed outside the edits' masks nor far from what was to change,
and each question was answered rightly. results.json lists for each task what the agent did, with pictures and masks
beside it; a task that is not in it was not done.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy
from PIL import Image, ImageFilter
from tqdm import tqdm

from ..blockworld.outline import visible_masks
from .answers import is_right
from .blame import first_mistake
from .places import State, changed, look_everywhere
from .task import Task
from .tasks import read_tasks

Result = dict[str, Any]

# Pixels around what changes in which something else may be: as far as masks are grown, and shadows fall.
_BORDER = 12


def judge(task: Task, result: Result, tasks_folder: Path, folder: Path) -> dict[str, Any]:
    """What became of one task."""
    before = _pixels(tasks_folder / task.picture)
    after = _pixels(folder / result["picture"])
    first = State.first(task.before, before)
    findings = look_everywhere(first, State(task.after, task.steps[-1].ids, after))
    places = [f"{finding.found} instead of {finding.wanted}" for finding in findings if not finding.right]
    outside = int((changed(before, after) & ~_edited(result, folder, before.shape[:2])).sum())
    # The masks are the agent's own: they may allow too much.
    elsewhere = int((changed(before, after) & ~near_changes(task)).sum())
    answers = _answers(task, result)
    completed = not places and outside == 0 and elsewhere == 0 and all(answers)
    blamed = None if completed else _blame(task, result, folder, before)
    return {
        "name": task.name,
        "kind": task.kind,
        "instruction": task.instruction,
        "completed": completed,
        "planRight": not result["planMistakes"],
        "planMistakes": result["planMistakes"],
        "places": places,
        "answersRight": sum(answers),
        "answers": len(answers),
        "changedOutsideMasks": outside,
        "changedElsewhere": elsewhere,
        "verified": result["verified"],
        "error": result["error"],
        "tool": blamed[0] if blamed else None,
        "reason": blamed[1] if blamed else None,
    }


def _blame(task: Task, result: Result, folder: Path, before: numpy.ndarray) -> tuple[str, str]:
    if result["planMistakes"]:
        return "plan", "; ".join(result["planMistakes"])
    mistake = first_mistake(task, result["calls"], folder, before)
    return mistake or ("none alone", "each step is right by itself, their sum is not")


def _answers(task: Task, result: Result) -> list[bool]:
    """By question that is no check: whether it was answered rightly."""
    said = [
        call["output"]["answer"]
        for call in result["calls"]
        if call["tool"] == "ask_image" and call["output"] is not None
    ]
    asked = [step for step in task.steps if step.operation == "ask" and not step.check]
    return [index < len(said) and is_right(step.answer, said[index]) for index, step in enumerate(asked)]


def _edited(result: Result, folder: Path, shape: tuple[int, int]) -> numpy.ndarray:
    """[height, width] bool, what the edits were allowed to touch."""
    union = numpy.zeros(shape, dtype=bool)
    for edit in result["edits"]:
        union |= numpy.array(Image.open(folder / edit["mask"]).convert("L")) > 0
    return union


def _pixels(path: Path) -> numpy.ndarray:
    return numpy.array(Image.open(path).convert("RGB"))


def judge_all(tasks_folder: Path, folder: Path, results: list[Result]) -> list[dict[str, Any]]:
    """Of each task, also of those that are not among the results. Ends the program where a result is of no task."""
    tasks = read_tasks(tasks_folder)
    by_name = {result["name"]: result for result in results}
    unknown = sorted(by_name.keys() - {task.name for task in tasks})
    if unknown:
        raise SystemExit(f"results.json has results of tasks that tasks.json does not have: {', '.join(unknown)}.")
    return [
        judge(task, by_name[task.name], tasks_folder, folder) if task.name in by_name else _not_tried(task)
        for task in tqdm(tasks)
    ]


def _not_tried(task: Task) -> dict[str, Any]:
    asked = sum(step.operation == "ask" and not step.check for step in task.steps)
    return {
        "name": task.name,
        "kind": task.kind,
        "instruction": task.instruction,
        "completed": False,
        "planRight": False,
        "planMistakes": [],
        "places": [],
        "answersRight": 0,
        "answers": asked,
        "changedOutsideMasks": 0,
        "changedElsewhere": 0,
        "verified": False,
        "error": None,
        "tool": None,
        "reason": "not tried",
    }


def near_changes(task: Task) -> numpy.ndarray:
    """[height, width] bool: near what a step takes away, brings or paints, where its border and shadow may be."""
    near = numpy.zeros((task.before.height, task.before.width), dtype=bool)
    scene, ids = task.before, tuple(range(len(task.before.things)))
    for step in task.steps:
        for one, other in (((scene, ids), (step.after, step.ids)), ((step.after, step.ids), (scene, ids))):
            kept = dict(zip(other[1], other[0].things, strict=True))
            things = [thing for number, thing in zip(one[1], one[0].things, strict=True) if kept.get(number) != thing]
            for thing in things:
                near |= visible_masks([thing], task.before.width, task.before.height)[0]
        scene, ids = step.after, step.ids
    grown = Image.fromarray(near).convert("L").filter(ImageFilter.MaxFilter(2 * _BORDER + 1))
    return numpy.asarray(grown) > 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    results = json.loads((arguments.results / "results.json").read_text())
    verdicts = judge_all(arguments.tasks, arguments.results, results)
    arguments.out.write_text(json.dumps(verdicts, indent=1) + "\n")
    print(f"{sum(verdict['completed'] for verdict in verdicts)} of {len(verdicts)} tasks are done.")


if __name__ == "__main__":
    main()
