"""
Says of each task whether it was done, by the pixels and without a model:
`python -m miniature.agent.judge --tasks FOLDER --results FOLDER --out report.json`.

Done means: each place shows what it should, no pixel changed outside the edits' masks, and each question was answered
rightly. results.json lists for each task what the agent did, with pictures and masks beside it.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy
from PIL import Image
from tqdm import tqdm

from .answers import is_right
from .blame import first_mistake
from .places import State, changed, look_everywhere
from .task import Task
from .tasks import read_tasks

Result = dict[str, Any]


def judge(task: Task, result: Result, tasks_folder: Path, folder: Path) -> dict[str, Any]:
    """What became of one task."""
    before = _pixels(tasks_folder / task.picture)
    after = _pixels(folder / result["picture"])
    first = State.first(task.before, before)
    findings = look_everywhere(first, State(task.after, task.steps[-1].ids, after))
    places = [f"{finding.found} instead of {finding.wanted}" for finding in findings if not finding.right]
    outside = int((changed(before, after) & ~_edited(result, folder, before.shape[:2])).sum())
    answers = _answers(task, result)
    completed = not places and outside == 0 and all(answers)
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    results = {result["name"]: result for result in json.loads((arguments.results / "results.json").read_text())}
    tasks = [task for task in read_tasks(arguments.tasks) if task.name in results]
    verdicts = [judge(task, results[task.name], arguments.tasks, arguments.results) for task in tqdm(tasks)]
    arguments.out.write_text(json.dumps(verdicts, indent=1) + "\n")


if __name__ == "__main__":
    main()
