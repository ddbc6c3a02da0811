import numpy
import pytest
import torch
from transformers import (
    AutoTokenizer,
    GroundingDinoForObjectDetection,
    GroundingDinoImageProcessorPil,
    GroundingDinoProcessor,
)

from ..errors import BadInputError, SettingsError

_BOX_TOLERANCE = 2e-3
_SCORE_TOLERANCE = 5e-6


@pytest.fixture(scope="module")
def reference(dino_folder):
    """(tokens, probabilities [queries, tokens], boxes [queries, 4] in pixels) by the library alone."""
    processor = GroundingDinoProcessor(
        GroundingDinoImageProcessorPil.from_pretrained(dino_folder), AutoTokenizer.from_pretrained(dino_folder)
    )
    model = GroundingDinoForObjectDetection.from_pretrained(dino_folder)

    def run(picture, phrases):
        inputs = processor(images=picture, text=[list(phrases)], return_tensors="pt")
        with torch.inference_mode():
            outputs = model(**inputs)
        (result,) = processor.post_process_grounded_object_detection(
            outputs, threshold=0, target_sizes=[(picture.height, picture.width)]
        )
        return inputs["input_ids"][0].tolist(), outputs.logits[0].sigmoid().numpy(), result["boxes"].numpy()

    return run


@pytest.mark.parametrize("size", [(200, 150), (90, 300)])
def test_equals_the_reference(dino_folder, detector_of, reference, picture, ask, size):
    phrases = ("a cat", "Dog", "red")
    (found,) = detector_of(dino_folder, nms="per-phrase").detect([ask(*size, *phrases)])
    tokens, probabilities, boxes = reference(picture(*size), phrases)
    # [CLS] a c ##a ##t . d ##o ##g . r ##e ##d . [SEP]
    assert [index for index, token in enumerate(tokens) if token == 1012] == [5, 9, 13]
    for phrase, (first, end) in enumerate([(1, 5), (6, 9), (10, 13)]):
        scores = probabilities[:, first:end].max(axis=1)
        order = numpy.argsort(-scores, kind="stable")
        ours = found.phrases == phrase
        numpy.testing.assert_allclose(found.scores[ours], scores[order], atol=_SCORE_TOLERANCE)
        numpy.testing.assert_allclose(found.boxes[ours], boxes[order], atol=_BOX_TOLERANCE)


def test_a_long_list_is_split_and_each_part_equals_itself_alone(dino_folder, detector_of, ask):
    detector = detector_of(dino_folder, nms="per-phrase")
    # 22 tokens a phrase; 48 hold two.
    phrases = [letter * 21 for letter in "abcde"]
    (together,) = detector.detect([ask(120, 100, *phrases)])
    for first in (0, 2, 4):
        (alone,) = detector.detect([ask(120, 100, *phrases[first : first + 2])])
        for offset in range(len(phrases[first : first + 2])):
            expected = alone.scores[alone.phrases == offset]
            numpy.testing.assert_allclose(
                together.scores[together.phrases == first + offset], expected, atol=_SCORE_TOLERANCE
            )
    assert sorted(set(together.phrases)) == [0, 1, 2, 3, 4]


def test_a_batch_gives_what_each_request_gives_alone(dino_folder, detector_of, ask):
    detector = detector_of(dino_folder, nms_iou=0.7)
    requests = [
        ask(200, 150, "cat", threshold=0.4),
        ask(100, 260, "a dog", "cat", "a very red house", threshold=0.5, seed=1),
        ask(200, 150, "house", "a cat", threshold=0.6, seed=2),
        ask(1, 1, "cat"),
    ]
    for one, request in zip(detector.detect(requests), requests, strict=True):
        (alone,) = detector.detect([request])
        assert len(alone.scores) > 0
        numpy.testing.assert_allclose(one.scores, alone.scores, atol=_SCORE_TOLERANCE)
        numpy.testing.assert_allclose(one.boxes, alone.boxes, atol=_BOX_TOLERANCE)
        assert numpy.array_equal(one.phrases, alone.phrases)


def test_a_strip_with_few_features_is_padded(dino_folder, detector_of, ask):
    (wide, high) = detector_of(dino_folder).detect([ask(3000, 20, "cat"), ask(20, 3000, "cat")])
    assert len(wide.scores) == len(high.scores) == 40


def test_what_cannot_be_found_or_decoded(dino_folder, detector_of, ask):
    bad = ask(50, 50, "cat")
    results = detector_of(dino_folder).detect([ask(50, 50, "...", "?"), type(bad)(b"no picture", ("cat",), 0.5)])
    assert len(results[0].scores) == 0
    assert isinstance(results[1], BadInputError)


def test_half_precision_stays_near(dino_folder, detector_of, ask):
    request = ask(120, 100, "cat", "dog")
    (exact,) = detector_of(dino_folder).detect([request])
    (near,) = detector_of(dino_folder, precision="bf16").detect([request])
    assert abs(near.scores - exact.scores).max() < 0.1
    assert near.boxes.dtype == near.scores.dtype == numpy.float32


def test_says_what_it_does_not_do(dino_folder, detector_of):
    for settings in ({"precision": "int8"}, {"compile": True}):
        with pytest.raises(SettingsError, match="Grounding DINO"):
            detector_of(dino_folder, **settings)
