import dataclasses

import numpy
import pytest
import torch
from transformers import AutoTokenizer, Owlv2ForObjectDetection, Owlv2ImageProcessorPil, Owlv2Processor

from ..errors import BadInputError
from .random_weights import build

# In pixels of the largest picture here (700), and of scores from 0 to 1.
_BOX_TOLERANCE = 2e-3
_SCORE_TOLERANCE = 2e-6
_PHRASES = ("a red circle", "dog", "the small cat on the left", "x", "a blue square")


@pytest.fixture(scope="module")
def reference(owlv2_folder):
    """Boxes, scores and phrases of one picture by the library alone."""
    processor = Owlv2Processor(
        Owlv2ImageProcessorPil.from_pretrained(owlv2_folder), AutoTokenizer.from_pretrained(owlv2_folder)
    )
    model = Owlv2ForObjectDetection.from_pretrained(owlv2_folder)

    def run(picture, phrases, threshold):
        inputs = processor(text=[list(phrases)], images=picture, return_tensors="pt")
        with torch.inference_mode():
            outputs = model(**inputs)
        (result,) = processor.post_process_grounded_object_detection(
            outputs, threshold=threshold, target_sizes=[(picture.height, picture.width)]
        )
        order = numpy.argsort(-result["scores"].numpy(), kind="stable")
        return tuple(result[key].numpy()[order] for key in ("boxes", "scores", "labels"))

    return run


def _assert_equal(found, expected):
    boxes, scores, phrases = expected
    numpy.testing.assert_allclose(found.scores, scores, atol=_SCORE_TOLERANCE, rtol=0)
    # Scores closer than the tolerance may have changed places.
    far = abs(found.boxes[:, None] - boxes[None]).max(axis=-1)
    same = far.argmin(axis=1)
    assert sorted(same) == list(range(len(boxes)))
    assert far[numpy.arange(len(same)), same].max() < _BOX_TOLERANCE
    assert numpy.array_equal(found.phrases, phrases[same])


@pytest.mark.parametrize("size", [(1, 1), (50, 33), (128, 128), (700, 90), (200, 467)])
def test_equals_the_reference(owlv2_folder, detector_of, reference, picture, ask, size):
    (found,) = detector_of(owlv2_folder).detect([ask(*size, *_PHRASES, threshold=0.25)])
    _assert_equal(found, reference(picture(*size), _PHRASES, 0.25))


def test_a_mixed_batch_equals_the_reference(owlv2_folder, detector_of, reference, picture, ask):
    sizes = [(64, 64), (300, 120), (90, 210), (1, 1), (128, 200)]
    requests = [ask(*size, *_PHRASES[: 1 + row], threshold=0.1 * row, seed=row) for row, size in enumerate(sizes)]
    results = detector_of(owlv2_folder).detect(requests)
    assert [len(result.scores) > 0 for result in results] == [True] * 5
    for row, size in enumerate(sizes):
        _assert_equal(results[row], reference(picture(*size, row), _PHRASES[: 1 + row], 0.1 * row))


def test_one_run_of_the_image_tower_for_a_batch(owlv2_folder, detector_of, ask):
    detector = detector_of(owlv2_folder)
    batches = []
    detector.scorer.tower.register_forward_pre_hook(lambda _, inputs: batches.append(inputs[0].shape[0]))
    detector.detect([ask(60, 60, *_PHRASES[: 1 + row], seed=row) for row in range(4)])
    assert batches == [4]


def test_a_picture_that_cannot_be_decoded_fails_alone(owlv2_folder, detector_of, ask):
    detector = detector_of(owlv2_folder, most_pixels=5_000)
    good = ask(60, 60, "dog")
    broken = dataclasses.replace(good, image=good.image[:100])
    results = detector.detect([broken, good, ask(100, 60, "dog")])
    assert [type(result) for result in results[::2]] == [BadInputError, BadInputError]
    assert "6000" not in str(results[0]) and "100 x 60" in str(results[2])
    (alone,) = detector.detect([good])
    numpy.testing.assert_allclose(results[1].scores, alone.scores, atol=_SCORE_TOLERANCE)
    assert [type(result) for result in detector.detect([broken])] == [BadInputError]


def test_a_phrase_beyond_the_context_is_cut_like_the_tokenizer_cuts(owlv2_folder, detector_of, ask):
    detector = detector_of(owlv2_folder)
    # A token a letter: of 32 there are 30 left beside start and end.
    one, other = detector.detect([ask(60, 60, "q" * 40), ask(60, 60, "q" * 500)])
    numpy.testing.assert_allclose(one.scores, other.scores, atol=_SCORE_TOLERANCE)
    (shorter,) = detector.detect([ask(60, 60, "q" * 20)])
    assert abs(shorter.scores - one.scores).max() > 1e-3


def test_class_agnostic_gives_one_name_per_phrase_all(owlv2_folder, detector_of, ask):
    request = ask(128, 128, "dog", "dog", "cat", threshold=0.0)
    (agnostic,) = detector_of(owlv2_folder).detect([request])
    assert len(agnostic.scores) == 256 and 1 not in agnostic.phrases
    (every,) = detector_of(owlv2_folder, nms="per-phrase").detect([request])
    assert numpy.bincount(every.phrases).tolist() == [256, 256, 256]
    (cat,) = detector_of(owlv2_folder).detect([ask(128, 128, "cat")])
    numpy.testing.assert_allclose(every.scores[every.phrases == 2], cat.scores, atol=_SCORE_TOLERANCE)


def test_a_batch_gives_each_request_its_own_phrases_alone(owlv2_folder, detector_of, ask):
    few, many = ask(60, 60, "dog"), ask(60, 60, "cat", "house", "bird", seed=1)
    one, three = detector_of(owlv2_folder, nms="per-phrase").detect([few, many])
    assert numpy.unique(one.phrases).tolist() == [0]
    assert numpy.bincount(three.phrases).tolist() == [256, 256, 256]


@pytest.mark.parametrize("precision", ["bf16", "int8"])
def test_other_precisions_stay_near(owlv2_folder, detector_of, precision):
    pixels = torch.randn(2, 3, 128, 128, generator=torch.Generator().manual_seed(0))

    @torch.inference_mode()
    def run(detector):
        boxes, logits = detector.scorer(pixels, *detector.phrases.batch([_PHRASES, _PHRASES[:2]]))
        return boxes, torch.sigmoid(logits)

    boxes, scores = run(detector_of(owlv2_folder))
    near_boxes, near_scores = run(detector_of(owlv2_folder, precision=precision))
    assert near_boxes.dtype == near_scores.dtype == torch.float32
    assert 0 < (near_boxes - boxes).abs().max() < 0.02
    assert 0 < (near_scores - scores).abs().max() < 0.06
    # bfloat16 alone would put thousands of numbers on a few hundred.
    assert near_boxes.unique().numel() > 1_500


def test_random_weights_are_the_same_each_time_and_useful(owlv2_folder, detector_of, ask, tmp_path):
    build(tmp_path)
    assert all(
        (tmp_path / file.name).read_bytes() == file.read_bytes() for file in owlv2_folder.iterdir() if file.is_file()
    )
    (found,) = detector_of(owlv2_folder, nms="per-phrase").detect([ask(256, 256, *_PHRASES)])
    assert found.scores.min() > 0.001 and found.scores.max() < 0.999
    low, high = numpy.quantile(found.scores, [0.05, 0.95])
    assert low < 0.2 and high > 0.4
    sizes = found.boxes[:, 2:] - found.boxes[:, :2]
    assert sizes.min() > 4 and sizes.max() < 256


def test_warm_up_runs_the_real_path(owlv2_folder, detector_of):
    detector = detector_of(owlv2_folder)
    detector.warm_up()
    assert len(detector.phrases) == 1
    assert len(detector.pictures) == 0


def test_warm_up_of_a_compiled_tower_runs_it_with_every_number_of_pictures_it_has_to(owlv2_folder, detector_of):
    detector = detector_of(owlv2_folder)
    detector.settings = dataclasses.replace(detector.settings, compile=True)
    batches = []
    detector.scorer.tower.register_forward_pre_hook(lambda _, inputs: batches.append(inputs[0].shape[0]))
    detector.warm_up()
    assert batches == [1, 2, 3]
