"""What a task is: an instruction, the plan it asks for, and the scene that should come out."""

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from ..blockworld import Scene
from ..blockworld.words import Colour, Shape

Operation = Literal["remove", "replace", "recolour", "ask"]


@dataclass(frozen=True)
class Answer:
    """value: "2" for a count, "yes" or "no", or the one word of it that decides."""

    kind: Literal["count", "colour", "shape", "presence", "position", "comparison"]
    value: str


@dataclass(frozen=True)
class Step:
    """
    operation: what is to be done, in the order of the instruction. phrase: the words for its things; for a question of
    whether something is there, for that. things: indices in the scene before the task that are meant. shape, colour:
    of what they become. questions: the wordings that ask for the answer. done: False for what depends on a check that
    turns out otherwise. conditional: whether it depends on one. after: the scene when it is done; ids: the index in the
    scene before the task of each of its things.
    """

    operation: Operation
    phrase: str | None
    things: tuple[int, ...]
    after: Scene
    ids: tuple[int, ...]
    shape: Shape | None = None
    colour: Colour | None = None
    questions: tuple[str, ...] = ()
    answer: Answer | None = None
    check: bool = False
    conditional: bool = False
    done: bool = True

    def to_json(self) -> dict[str, Any]:
        return {**dataclasses.asdict(self), "after": self.after.to_json()}

    @staticmethod
    def from_json(value: dict[str, Any]) -> "Step":
        return Step(
            **{
                **value,
                "things": tuple(value["things"]),
                "ids": tuple(value["ids"]),
                "questions": tuple(value["questions"]),
                "after": Scene.from_json(value["after"]),
                "answer": Answer(**value["answer"]) if value["answer"] else None,
            }
        )


@dataclass(frozen=True)
class Task:
    """picture: the file's name beside tasks.json."""

    name: str
    picture: str
    kind: str
    instruction: str
    before: Scene
    steps: tuple[Step, ...]

    @property
    def after(self) -> Scene:
        return self.steps[-1].after

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "picture": self.picture,
            "kind": self.kind,
            "instruction": self.instruction,
            "before": self.before.to_json(),
            "steps": [step.to_json() for step in self.steps],
        }

    @staticmethod
    def from_json(value: dict[str, Any]) -> "Task":
        steps = tuple(Step.from_json(step) for step in value["steps"])
        return Task(**{**value, "before": Scene.from_json(value["before"]), "steps": steps})
