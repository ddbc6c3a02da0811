import dataclasses

import numpy
import pytest

from ..errors import BadInputError
from . import prepare

# The tower's matrices round differently in a batch of another size. Pixels of a picture of 300, and scores from 0 to 1.
_BOX_TOLERANCE = 2e-3
_SCORE_TOLERANCE = 2e-6
# 16 x 16 patches of 64 float32 numbers.
_ONE_PICTURE = 256 * 64 * 4


@pytest.fixture
def work_of(monkeypatch):
    """What a detector had to do: files decoded, and pictures of each run of the image tower."""

    def watch(detector):
        decoded, batches = [], []
        decode = prepare.decode_picture
        monkeypatch.setattr(prepare, "decode_picture", lambda *args, **rest: decoded.append(1) or decode(*args, **rest))
        detector.scorer.tower.register_forward_pre_hook(lambda _, inputs: batches.append(inputs[0].shape[0]))
        return decoded, batches

    return watch


def _assert_same(found, expected):
    for name in ("boxes", "scores", "phrases"):
        numpy.testing.assert_array_equal(getattr(found, name), getattr(expected, name))


def _assert_near(found, expected):
    assert len(found.scores) == len(expected.scores) > 0
    numpy.testing.assert_allclose(found.scores, expected.scores, atol=_SCORE_TOLERANCE, rtol=0)
    # Scores closer than the tolerance may have changed places.
    far = abs(found.boxes[:, None] - expected.boxes[None]).max(axis=-1)
    same = far.argmin(axis=1)
    assert sorted(same) == list(range(len(same)))
    assert far.min(axis=1).max() < _BOX_TOLERANCE
    assert numpy.array_equal(found.phrases, expected.phrases[same])


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_other_phrases_on_a_known_picture_need_no_tower_and_find_the_same(
    owlv2_folder, detector_of, ask, work_of, precision
):
    detector = detector_of(owlv2_folder, precision=precision)
    forgetful = detector_of(owlv2_folder, precision=precision, cache_bytes=0)
    asked = [ask(200, 90, "dog"), ask(200, 90, "a cat", "dog", threshold=0.2), ask(200, 90, "dog", threshold=0.3)]
    expected = [forgetful.detect([request])[0] for request in asked]
    decoded, batches = work_of(detector)
    found = [detector.detect([request])[0] for request in asked]
    assert (len(decoded), batches) == (1, [1])
    for one, other in zip(found, expected, strict=True):
        assert len(one.scores) > 0
        _assert_same(one, other)


def test_known_and_new_pictures_of_other_sizes_in_one_batch(owlv2_folder, detector_of, ask, work_of):
    detector, forgetful = detector_of(owlv2_folder), detector_of(owlv2_folder, cache_bytes=0)
    wide, tall, square, dot = ((300, 100), (90, 210), (128, 128), (1, 1))
    detector.detect([ask(*wide, "first"), ask(*dot, "first")])
    asked = [ask(*tall, "dog"), ask(*wide, "a", "cat"), ask(*square, "dog", "x", "y"), ask(*dot, "dog")]
    expected = [forgetful.detect([request])[0] for request in asked]
    decoded, batches = work_of(detector)
    for found, other in zip(detector.detect(asked), expected, strict=True):
        _assert_near(found, other)
    assert (len(decoded), batches) == (2, [2])


@pytest.mark.parametrize("cache_bytes", [0, 2**20])
def test_equal_pictures_of_a_batch_are_encoded_once(owlv2_folder, detector_of, ask, work_of, cache_bytes):
    detector = detector_of(owlv2_folder, cache_bytes=cache_bytes)
    decoded, batches = work_of(detector)
    one, other, two = detector.detect([ask(64, 64, "dog"), ask(90, 64, "dog", seed=1), ask(64, 64, "cat", "dog")])
    assert (len(decoded), batches) == (2, [2])
    (alone,) = detector_of(owlv2_folder).detect([ask(64, 64, "cat", "dog")])
    _assert_near(two, alone)
    assert not numpy.array_equal(one.scores, other.scores)
    detector.detect([ask(64, 64, "dog")])
    assert batches == ([2, 1] if cache_bytes == 0 else [2])


def test_a_picture_that_cannot_be_decoded_is_refused_each_time_and_never_kept(owlv2_folder, detector_of, ask):
    detector = detector_of(owlv2_folder)
    good = ask(64, 64, "dog")
    broken = dataclasses.replace(good, image=good.image[:100])
    refusals = []
    for _ in range(2):
        first, found, second = detector.detect([broken, good, broken])
        assert isinstance(first, BadInputError) and str(first) == str(second)
        assert len(found.scores) > 0
        refusals.append(str(first))
    assert refusals[0] == refusals[1]
    assert len(detector.pictures) == 1


def test_the_budget_is_kept_and_the_longest_unused_go_first(owlv2_folder, detector_of, ask, work_of):
    detector = detector_of(owlv2_folder, cache_bytes=2 * _ONE_PICTURE + 1)
    _, batches = work_of(detector)
    detector.detect([ask(64, 64, "dog", seed=seed) for seed in range(5)])
    assert (len(detector.pictures), detector.pictures.nbytes) == (2, 2 * _ONE_PICTURE)
    for seed in (3, 0, 3, 4):
        detector.detect([ask(64, 64, "dog", seed=seed)])
        assert detector.pictures.nbytes == 2 * _ONE_PICTURE
    assert batches == [5, 1, 1]


def test_kept_features_own_their_memory_and_take_half_of_it_in_half_precision(owlv2_folder, detector_of, ask):
    for precision, size in (("fp32", _ONE_PICTURE), ("bf16", _ONE_PICTURE // 2), ("int8", _ONE_PICTURE // 2)):
        detector = detector_of(owlv2_folder, precision=precision)
        requests = [ask(64, 64, "dog", seed=seed) for seed in range(3)]
        detector.detect(requests)
        assert detector.pictures.nbytes == 3 * size
        for encoded in detector.pictures.of(requests):
            assert encoded.features.untyped_storage().nbytes() == size
