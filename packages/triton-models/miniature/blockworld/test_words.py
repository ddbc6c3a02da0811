import dataclasses
import re

import numpy
import pytest

from . import (
    COLOURS,
    EDIT_KINDS,
    HELD_OUT,
    KINDS,
    SHAPES,
    Query,
    Thing,
    describe,
    phrases_of,
    questions_of,
    random_edit,
    random_scene,
    relations_of,
    render,
)
from .outline import visible_masks
from .words import NUMBERS


def scenes(count=40):
    return [random_scene("validation", index) for index in range(count)]


def test_phrases_name_exactly_the_things_that_fit():
    none = several = 0
    for number, scene in enumerate(scenes()):
        phrases = phrases_of(scene, numpy.random.default_rng(number), 8)
        assert len({phrase.query for phrase in phrases}) == 8
        for phrase in phrases:
            words = phrase.text.split()
            fitting = [
                index
                for index, thing in enumerate(scene.things)
                if all(word == thing.colour for word in words if word in COLOURS)
                and all(word.removesuffix("s") == thing.shape for word in words if word.removesuffix("s") in SHAPES)
                and all(word == thing.size for word in words if word in ("small", "large"))
            ]
            assert list(phrase.things) == fitting, phrase
            none += not fitting
            several += len(fitting) > 1
    assert none > 50 and several > 30


def test_pairs_that_training_never_has_are_not_asked_about_either():
    for number, scene in enumerate(scenes(80)):
        for phrase in phrases_of(scene, numpy.random.default_rng(number), 12):
            assert (phrase.query.colour, phrase.query.shape) not in HELD_OUT


def test_questions_are_answered_right():
    kinds = set()
    for number, scene in enumerate(scenes()):
        picture = render(scene)
        for question in questions_of(scene, picture, numpy.random.default_rng(number), 14):
            kinds.add(question.kind)
            assert _answer(scene, picture, question) in (question.answer, None), (question, scene)
    assert kinds == set(KINDS)


def _answer(scene, picture, question):
    """Worked out from the words of the question alone; None for forms that are not checked here."""
    text = question.text
    if found := re.fullmatch(r"How many (?:(\w+) )?(\w+)s are there\?", text):
        colour, noun = found.groups()
        if noun == "thing" and colour is None:
            number = len(scene.things)
        else:
            number = sum(colour in (None, thing.colour) and noun in ("thing", thing.shape) for thing in scene.things)
        words = ("There are none.", "There is one.", *(f"There are {word}." for word in NUMBERS[2:]))
        return words[number]
    if found := re.fullmatch(r"Is the (\w+ \w+) (to the left of|to the right of|above|below) the (\w+ \w+)\?", text):
        first, relation, second = found.groups()
        names = [thing.name for thing in scene.things]
        boxes = picture.boxes[[names.index(first), names.index(second)]]
        axis = 0 if "the" in relation else 1
        difference = (boxes[1] - boxes[0])[axis] + (boxes[1] - boxes[0])[axis + 2]
        return "Yes." if (difference > 0) == (relation in ("to the left of", "above")) else "No."
    if found := re.fullmatch(r"Which is (larger|smaller), the (\w+ \w+) or the (\w+ \w+)\?", text):
        word, *names = found.groups()
        radii = [next(thing.radius for thing in scene.things if thing.name == name) for name in names]
        return f"The {names[radii.index((max if word == 'larger' else min)(radii))]}."
    return None


def test_of_two_things_one_is_on_one_side_and_not_on_the_other():
    opposites = {"left": "right", "right": "left", "above": "below", "below": "above"}
    asked = 0
    for number, scene in enumerate(scenes()):
        found = relations_of(scene, render(scene), numpy.random.default_rng(number), 100)
        answers = {question.text: question.answer for question in found}
        for text, answer in answers.items():
            turned = re.sub("|".join(opposites), lambda word: opposites[word[0]], text)
            assert {answer, answers[turned]} == {"Yes.", "No."}
            asked += 1
    assert asked > 100


@pytest.mark.parametrize("kind", EDIT_KINDS)
def test_edits_change_one_thing_and_say_which(kind):
    for number, scene in enumerate(scenes()):
        edit = random_edit(scene, numpy.random.default_rng(number), kind)
        if edit is None:
            continue
        thing = scene.things[edit.thing]
        assert Query(thing.shape, thing.colour).things(scene) == (edit.thing,)
        assert thing.name in edit.instruction
        others = [other for index, other in enumerate(scene.things) if index != edit.thing]
        if kind == "remove":
            assert list(edit.after.things) == others and edit.prompt is None
            continue
        new = edit.after.things[edit.thing]
        assert new.name in edit.prompt and new.pair != thing.pair and new.pair not in HELD_OUT
        assert (new.x, new.y, new.size) == (thing.x, thing.y, thing.size)
        assert (new.shape == thing.shape) or kind == "replace"


def test_a_replacement_that_would_hide_what_is_seen_through_a_ring_is_none():
    ball = Thing("ball", "red", "small", 60, 60, 6, 0, (1, 1, 1))
    ring = Thing("ring", "blue", "large", 60, 60, 22, 0, (1, 1, 1))
    scene = dataclasses.replace(random_scene("validation", 0), width=128, height=128, things=(ball, ring))
    assert visible_masks(scene.things, 128, 128).any(axis=(1, 2)).all()
    edits = [random_edit(scene, numpy.random.default_rng(number), "replace") for number in range(40)]
    assert None in edits
    for edit in filter(None, edits):
        assert visible_masks(edit.after.things, 128, 128).any(axis=(1, 2)).all()


def test_a_description_names_every_thing_from_left_to_right():
    scene = random_scene("validation", 1)
    words = describe(scene)
    places = [words.find(thing.name) for thing in sorted(scene.things, key=lambda thing: thing.x)]
    assert min(places) >= 0
    assert len(scene.things) > 2
