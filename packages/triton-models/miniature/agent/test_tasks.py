import dataclasses

import numpy
import pytest

from ..blockworld import HELD_OUT, Query
from .answers import is_right
from .references import Reference, references_of
from .task import Answer, Task
from .tasks import read_tasks, task_of, write_tasks

TASKS = [task_of("validation", number) for number in range(30)]


def test_tasks_are_the_same_each_time_and_differ_between_splits():
    assert task_of("validation", 7) == TASKS[7]
    assert task_of("test", 7).before != TASKS[7].before


def test_tasks_are_kept_whole(tmp_path):
    write_tasks("validation", 3, tmp_path)
    assert read_tasks(tmp_path) == TASKS[:3]
    assert all((tmp_path / task.picture).exists() for task in TASKS[:3])


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_tasks_are_compound_and_lead_to_their_scene(task: Task):
    assert 2 <= len(task.steps) <= 3
    before, ids = task.before, tuple(range(len(task.before.things)))
    for step in task.steps:
        done = step.operation != "ask" and step.done
        assert (step.after != before) == done
        assert not done or step.things
        gone = set(ids) - set(step.ids)
        assert gone == (set(step.things) if done and step.operation == "remove" else set())
        for thing in set(step.ids) - set(step.things):
            assert step.after.things[step.ids.index(thing)] == before.things[ids.index(thing)]
        before, ids = step.after, step.ids
    assert not {thing.pair for thing in task.after.things} & HELD_OUT


def test_words_for_a_thing_are_said_only_where_they_are_clear():
    generator = numpy.random.default_rng(1)
    for task in TASKS:
        for reference in references_of(task.before, generator):
            things = reference.things(task.before)
            assert things
            assert all(reference.query.matches(task.before.things[thing]) for thing in things)
            assert reference.place == "all" or len(things) == 1


def test_what_stands_as_far_left_as_its_like_is_not_the_left_one():
    thing = TASKS[0].before.things[0]
    left = Reference(Query(thing.shape, thing.colour), "left", "the left one")

    def meant(x: float) -> tuple[int, ...]:
        other = dataclasses.replace(thing, x=x, y=96.0)
        first = dataclasses.replace(thing, x=30.0, y=32.0)
        return left.things(dataclasses.replace(TASKS[0].before, width=128, height=128, things=(first, other)))

    assert meant(90.0) == (0,)
    assert meant(36.0) == ()


@pytest.mark.parametrize(
    ("kind", "value", "said", "right"),
    [
        ("count", "2", "There are two.", True),
        ("count", "0", "There are none.", True),
        ("count", "3", "3", True),
        ("count", "3", "There are two.", False),
        ("count", "1", "I cannot tell.", False),
        ("colour", "red", "It is red.", True),
        ("colour", "red", "It is red or blue.", False),
        ("presence", "yes", "Yes.", True),
        ("presence", "yes", "No.", False),
        ("presence", "no", "", False),
        ("position", "left", "On the left.", True),
        ("position", "left", "In the middle.", False),
        ("comparison", "red ball", "The red ball.", True),
        ("comparison", "red ball", "The blue cube.", False),
    ],
)
def test_answers(kind, value, said, right):
    assert is_right(Answer(kind, value), said) == right
