"""
Compound tasks with their exact outcome: `python -m miniature.agent.tasks --split test --count 100 --out FOLDER`.

Each is a picture (PNG), an instruction of two or three steps, the plan that it asks for, and the scene that should come
out. The same split and number are the same task everywhere.
"""

import argparse
import json
from pathlib import Path

import numpy
from PIL import Image

from ..blockworld import Split, random_scene, render
from .programs import PROGRAMS, Program
from .task import Task
from .world import World

# Apart from the scenes that trainings and the figures of single models use.
_FIRST_SCENE = 500_000
_SEED = 20_000_023
_SPLITS: tuple[Split, ...] = ("validation", "test")


def task_of(split: Split, number: int) -> Task:
    """Task number `number` of a split: of its kind, on the first scene that allows it."""
    generator = numpy.random.default_rng([_SEED, _SPLITS.index(split), number])
    program = _program(number)
    for attempt in range(1_000):
        scene = random_scene(split, _FIRST_SCENE + 1_000 * number + attempt)
        world = World.of(scene)
        instruction = program(world, generator) if len(scene.things) >= 3 else None
        if instruction is not None and world.now.things:
            name = f"{split}-{number:03d}"
            return Task(name, f"{name}.png", program.__name__, instruction, scene, tuple(world.steps))
    raise AssertionError(f"No scene allows {program.__name__}.")


def _program(number: int) -> Program:
    """In turn, each as often in any hundred as its weight says."""
    kinds = [program for program, weight in PROGRAMS for _ in range(weight)]
    order = numpy.random.default_rng(_SEED).permutation(len(kinds))
    return kinds[order[number % len(kinds)]]


def write_tasks(split: Split, count: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    tasks = [task_of(split, number) for number in range(count)]
    for task in tasks:
        Image.fromarray(render(task.before).pixels).save(folder / task.picture)
    (folder / "tasks.json").write_text(json.dumps([task.to_json() for task in tasks], indent=1) + "\n")


def read_tasks(folder: Path) -> list[Task]:
    return [Task.from_json(value) for value in json.loads((folder / "tasks.json").read_text())]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=_SPLITS, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    write_tasks(arguments.split, arguments.count, arguments.out)


if __name__ == "__main__":
    main()
