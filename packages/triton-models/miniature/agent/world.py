"""The scene while a task is thought out, step by step."""

import dataclasses
from dataclasses import dataclass, field

import numpy

from ..blockworld import Scene, random_tilt, random_tint
from ..blockworld.words import Colour, Shape
from .references import Reference
from .task import Answer, Step


@dataclass
class World:
    """ids: the index in the scene before the task of each thing that is there now."""

    before: Scene
    now: Scene
    ids: tuple[int, ...]
    steps: list[Step] = field(default_factory=list)

    @staticmethod
    def of(scene: Scene) -> "World":
        return World(scene, scene, tuple(range(len(scene.things))))

    def meant(self, reference: Reference) -> tuple[int, ...]:
        """
        The ids of what is meant; empty unless the words mean the same in the picture as it was and as it is now, and
        nothing of it was touched before.
        """
        first = reference.things(self.before)
        now = tuple(self.ids[index] for index in reference.things(self.now))
        touched = {thing for step in self.steps if step.operation != "ask" for thing in step.things}
        return first if first == now and not touched & set(first) else ()

    def remove(self, reference: Reference, things: tuple[int, ...], **options) -> None:
        kept = [index for index, thing in enumerate(self.ids) if thing not in things]
        after = dataclasses.replace(self.now, things=tuple(self.now.things[index] for index in kept))
        self._edit("remove", reference.words, things, after, tuple(self.ids[index] for index in kept), **options)

    def recolour(self, reference: Reference, things: tuple[int, ...], colour: Colour, **options) -> None:
        after = self.now
        for thing in things:
            index = self.ids.index(thing)
            after = after.with_thing(index, dataclasses.replace(after.things[index], colour=colour))
        self._edit("recolour", reference.words, things, after, self.ids, colour=colour, **options)

    def replace(
        self,
        reference: Reference,
        thing: int,
        pair: tuple[Colour, Shape],
        generator: numpy.random.Generator,
        **options,
    ) -> None:
        colour, shape = pair
        index = self.ids.index(thing)
        new = dataclasses.replace(
            self.now.things[index],
            colour=colour,
            shape=shape,
            tilt=random_tilt(generator, shape),
            tint=random_tint(generator),
        )
        after = self.now.with_thing(index, new)
        self._edit("replace", reference.words, (thing,), after, self.ids, shape=shape, colour=colour, **options)

    def ask(self, questions: tuple[str, ...], answer: Answer, phrase: str | None = None, check: bool = False) -> None:
        step = Step("ask", phrase, (), self.now, self.ids, questions=questions, answer=answer, check=check)
        self.steps.append(step)

    def _edit(self, operation, phrase, things, after, ids, done=True, **options) -> None:
        if not done:
            after, ids = self.now, self.ids
        self.steps.append(Step(operation, phrase, things, after, ids, done=done, **options))
        self.now, self.ids = after, ids
