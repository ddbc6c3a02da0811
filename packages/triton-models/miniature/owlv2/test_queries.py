import numpy
import torch

from ..blockworld import COLOURS, HELD_OUT, SHAPES, SIZES
from .queries import sample_queries


def _thing(shape, colour, size):
    return [SHAPES.index(shape), COLOURS.index(colour), SIZES.index(size)]


def test_phrases_fit_the_things_that_have_all_they_name():
    things = [_thing("ball", "red", "small"), _thing("cube", "blue", "large"), [-1, -1, -1]]
    queries = sample_queries(numpy.array(things[:2]), 60, numpy.random.default_rng(0))
    fits = queries.matches(torch.tensor([things]))
    assert fits.shape == (1, 3, 60) and not fits[0, 2].any() and fits[0, :2].any(1).all() and not fits.all()
    for text, (ball, cube, _) in zip(queries.texts, fits[0].T.tolist(), strict=True):
        words = {word.removesuffix("s") for word in text.split()} - {"a", "an", "the", "thing", "object", "shape"}
        assert ball == (words <= {"small", "red", "ball"}), text
        assert cube == (words <= {"large", "blue", "cube"}), text


def test_pairs_that_training_leaves_out_are_not_asked_for():
    things = numpy.array([_thing("star", "blue", "small"), _thing("ball", "green", "large")])
    queries = sample_queries(things, 150, numpy.random.default_rng(1))
    pairs = {
        (COLOURS[colour], SHAPES[shape]) for shape, colour, _ in queries.wanted.tolist() if min(shape, colour) >= 0
    }
    assert len(pairs) > 20 and not pairs & HELD_OUT
    assert len({tuple(wanted) for wanted in queries.wanted.tolist()}) == 150
