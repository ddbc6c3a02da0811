import numpy
import pytest
import torch

from ..settings import Owlv2Settings
from . import candidates
from .candidates import MOST_DETECTIONS, at_least, best_phrases, join, keep_best, without_rivals
from .request import Detections


def _boxes(count, seed=0):
    generator = numpy.random.default_rng(seed)
    corner = generator.uniform(-20, 100, (count, 2))
    return numpy.concatenate([corner, corner + generator.uniform(0, 60, (count, 2))], axis=1).astype(numpy.float32)


def _iou(one, other):
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    both = max(width, 0) * max(height, 0)
    either = (one[2] - one[0]) * (one[3] - one[1]) + (other[2] - other[0]) * (other[3] - other[1]) - both
    return both / either if either > 0 else 0


def _brute_force(boxes, limit, rivals=lambda one, other: True):
    kept = []
    for place, box in enumerate(boxes):
        if not any(rivals(place, other) and _iou(boxes[other], box) >= limit for other in kept):
            kept.append(place)
    return kept


@pytest.mark.parametrize("limit", [0.1, 0.5, 0.7, 1.0])
def test_keeps_what_comparing_every_pair_keeps(limit):
    boxes = _boxes(300)
    boxes = numpy.concatenate([boxes, boxes[:5]])
    kept = keep_best(boxes, limit).tolist()
    assert kept == _brute_force(boxes, limit)
    assert len(kept) < len(boxes)


def test_boxes_without_area_rival_nobody():
    point = numpy.array([[5, 5, 5, 5], [0, 0, 10, 10], [5, 5, 5, 5]], numpy.float32)
    assert keep_best(point, 0.5).tolist() == [0, 1, 2]


def test_a_box_on_the_limit_is_a_rival():
    boxes = numpy.array([[0, 0, 10, 10], [0, 0, 10, 5]], numpy.float32)
    assert keep_best(boxes, 0.5).tolist() == [0]
    assert keep_best(boxes, 0.51).tolist() == [0, 1]


@pytest.mark.parametrize("nms", ["class-agnostic", "per-phrase"])
def test_rivals_by_setting(nms):
    generator = numpy.random.default_rng(1)
    scores = generator.uniform(size=200).astype(numpy.float32)
    phrases = generator.integers(0, 3, 200).astype(numpy.int32)
    found = Detections(_boxes(200), scores, phrases)
    left = without_rivals(found, Owlv2Settings(nms=nms, nms_iou=0.3))
    order = numpy.argsort(-scores)
    same = phrases[order]
    rivals = (lambda one, other: True) if nms == "class-agnostic" else (lambda one, other: same[one] == same[other])
    kept = order[_brute_force(found.boxes[order], 0.3, rivals)]
    assert numpy.array_equal(left.scores, scores[kept])
    assert numpy.array_equal(left.phrases, phrases[kept])
    assert numpy.array_equal(left.boxes, found.boxes[kept])


@pytest.mark.parametrize("nms", ["class-agnostic", "per-phrase"])
def test_at_most_the_best_thousand_are_given(nms):
    generator = numpy.random.default_rng(2)
    rows, columns = numpy.divmod(numpy.arange(72 * 72), 72)
    boxes = numpy.stack([columns, rows, columns + 1, rows + 1], axis=-1).astype(numpy.float32)
    scores = generator.permutation(len(boxes)).astype(numpy.float32)
    found = Detections(boxes, scores, generator.integers(0, 3, len(boxes)).astype(numpy.int32))
    best = without_rivals(found, Owlv2Settings(nms=nms))
    order = numpy.argsort(-scores)[:MOST_DETECTIONS]
    assert len(order) == 1_000
    assert numpy.array_equal(best.scores, scores[order]) and numpy.array_equal(best.boxes, boxes[order])
    assert numpy.array_equal(best.phrases, found.phrases[order])


def test_thousands_of_boxes_are_compared_in_blocks_not_one_by_one(monkeypatch):
    compared = []
    rivals = candidates._rivals
    monkeypatch.setattr(candidates, "_rivals", lambda *boxes: compared.append(1) or rivals(*boxes))
    places = numpy.arange(5_184, dtype=numpy.float32)[:, None]
    assert len(keep_best(numpy.concatenate([places, places, places + 1, places + 1], axis=1), 0.7)) == 1_000
    assert len(compared) < 50


def test_nothing_found_keeps_its_shapes():
    for nms in ("class-agnostic", "per-phrase"):
        nothing = without_rivals(join([]), Owlv2Settings(nms=nms))
        assert [nothing.boxes.shape, nothing.scores.shape, nothing.phrases.shape] == [(0, 4), (0,), (0,)]
        assert [nothing.boxes.dtype, nothing.scores.dtype, nothing.phrases.dtype] == ["float32", "float32", "int32"]


def test_the_best_phrase_or_all_of_them():
    scores = torch.tensor([[0.1, 0.7, 0.2], [0.6, 0.5, 0.6]])
    best, phrases = best_phrases(scores, "class-agnostic")
    assert best.tolist() == pytest.approx(numpy.array([[0.7], [0.6]]))
    assert phrases.tolist() == [[1], [0]]
    every, phrases = best_phrases(scores, "per-phrase")
    assert numpy.array_equal(every, scores.numpy())
    assert phrases.tolist() == [[0, 1, 2], [0, 1, 2]]


def test_the_threshold_itself_is_enough():
    scores = numpy.array([[0.3, 0.2], [0.29, float("nan")]], numpy.float32)
    found = at_least(_boxes(2), scores, numpy.array([[0, 1], [0, 1]], numpy.int32), float(numpy.float32(0.3)))
    assert found.scores.tolist() == [scores[0, 0]]
    assert found.phrases.tolist() == [0]
    assert numpy.array_equal(found.boxes, _boxes(2)[:1])
