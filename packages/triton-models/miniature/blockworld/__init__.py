"""
Blockworld: pictures of coloured shapes with everything known about them (masks, boxes, phrases, questions, edits).
After CLEVR (Johnson et al. 2017, arXiv:1612.06890), small enough for models that learn on a processor.
"""

from .describe import describe, describe_things
from .edits import EDIT_KINDS, Edit, EditKind, phrase_for, random_edit
from .explain import explain
from .phrases import Phrase, Query, phrases_of
from .points import point_on
from .questions import KINDS, Question, questions_of, relations_of
from .render import Picture, boxes_of, render
from .scene import MOST_THINGS, Scene, Split, Thing, make_thing, random_scene, random_tilt, random_tint
from .words import COLOUR_VALUES, COLOURS, GROUNDS, HELD_OUT, RADII, SHAPES, SIZES, with_article

__all__ = [
    "COLOURS",
    "COLOUR_VALUES",
    "EDIT_KINDS",
    "GROUNDS",
    "HELD_OUT",
    "KINDS",
    "MOST_THINGS",
    "RADII",
    "SHAPES",
    "SIZES",
    "Edit",
    "EditKind",
    "Phrase",
    "Picture",
    "Query",
    "Question",
    "Scene",
    "Split",
    "Thing",
    "boxes_of",
    "describe",
    "describe_things",
    "explain",
    "make_thing",
    "phrase_for",
    "phrases_of",
    "point_on",
    "questions_of",
    "random_edit",
    "random_scene",
    "random_tilt",
    "random_tint",
    "relations_of",
    "render",
    "with_article",
]
