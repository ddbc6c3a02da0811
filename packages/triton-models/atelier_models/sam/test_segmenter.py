import numpy
import pytest

from ..errors import BadInputError, NotCachedError
from ..settings import SamSettings
from .request import SegmentRequest
from .segmenter import Segmenter, load


@pytest.fixture
def encoded(monkeypatch, make_segmenter):
    """A segmenter, and how many pictures each pass of its image encoder had."""

    def make(**changes):
        segmenter, sizes = make_segmenter(**changes), []
        encode = segmenter._family.encode

        def counted(pictures):
            sizes.append(len(pictures))
            return encode(pictures)

        monkeypatch.setattr(segmenter._family, "encode", counted)
        return segmenter, sizes

    return make


def _agree(samples, one, other):
    assert numpy.allclose(one.scores, other.scores, rtol=0, atol=1e-4)
    for first, second in zip(one.masks, other.masks, strict=True):
        first, second = samples.pixels(first), samples.pixels(second)
        assert first.shape == second.shape
        assert (first == second).mean() >= 0.999


@pytest.mark.parametrize("kind", ["sam", "sam2"])
def test_several_prompts_give_what_each_alone_gives(make_segmenter, samples, kind):
    segmenter, picture, prompts = make_segmenter(kind), samples.picture(), samples.all_shapes()
    [together] = segmenter.run([samples.request(picture, prompts)])
    assert len(together.masks) == len(prompts)
    for index, prompt in enumerate(prompts):
        [alone] = segmenter.run([samples.request(picture, [prompt])])
        _agree(samples, alone, type(alone)([together.masks[index]], together.scores[index : index + 1]))


@pytest.mark.parametrize("kind", ["sam", "sam2"])
def test_a_batch_gives_what_each_request_alone_gives(make_segmenter, samples, kind):
    prompts = samples.all_shapes()
    requests = [
        samples.request(samples.picture(96 + 31 * index, 80 + 17 * (index % 3), index), prompts[: 1 + index])
        for index in range(6)
    ]
    together = make_segmenter(kind).run(requests)
    for request, result in zip(requests, together, strict=True):
        [alone] = make_segmenter(kind).run([request])
        _agree(samples, alone, result)


def test_masks_have_the_picture_size(make_segmenter, samples):
    for size in [(1, 1), (3, 500), (640, 481)]:
        box = (0, 0, *size)
        [result] = make_segmenter().run([samples.request(samples.picture(*size), [samples.prompt(box=box)])])
        assert samples.pixels(result.masks[0]).shape == size[::-1]
        assert set(numpy.unique(samples.pixels(result.masks[0]))) <= {0, 255}


def test_a_picture_is_encoded_once_and_then_known_by_its_key(encoded, samples):
    segmenter, sizes = encoded()
    picture, prompts = samples.picture(), samples.all_shapes()[:1]
    [first] = segmenter.run([samples.request(picture, prompts)])
    [second] = segmenter.run([samples.request(picture, prompts, sent=False)])
    [third] = segmenter.run([samples.request(picture, prompts)])
    assert sizes == [1]
    assert first.masks == second.masks == third.masks


def test_new_pictures_of_a_batch_are_encoded_together_and_the_same_one_once(encoded, samples):
    segmenter, sizes = encoded(encode_at_once=3)
    prompts = samples.all_shapes()[:2]
    pictures = [samples.picture(seed=seed) for seed in (0, 1, 0, 2, 3, 1)]
    requests = [samples.request(picture, prompts) for picture in pictures]
    # Named by its key in the very batch that brings it.
    requests.insert(0, samples.request(pictures[3], prompts, sent=False))
    results = segmenter.run(requests)
    assert sizes == [3, 1]
    assert results[1].masks == results[3].masks
    assert results[0].masks == results[4].masks != results[1].masks


def test_what_is_neither_sent_nor_kept_fails_alone(make_segmenter, samples):
    prompts = samples.all_shapes()[:1]
    missing, there = (
        samples.request(samples.picture(seed=1), prompts, sent=False),
        samples.request(samples.picture(), prompts),
    )
    first, second = make_segmenter().run([missing, there])
    assert isinstance(first, NotCachedError)
    assert str(first).startswith("image-not-cached:") and missing.key in str(first)
    assert len(second.masks) == 1


def test_what_cannot_be_used_fails_alone(make_segmenter, samples):
    good = samples.request(samples.picture(), samples.all_shapes())
    outside = samples.request(samples.picture(), [samples.prompt(box=(200, 10, 300, 20))])
    broken = SegmentRequest("0" * 64, b"no picture", samples.all_shapes())
    segmenter = make_segmenter()
    one, two, three, four = segmenter.run([outside, good, broken, SegmentRequest("0" * 64, b"", good.prompts)])
    assert isinstance(one, BadInputError) and "outside the picture of 96 x 72" in str(one)
    assert len(two.masks) == len(good.prompts)
    assert isinstance(three, BadInputError) and "not a picture" in str(three)
    assert isinstance(four, BadInputError)
    assert len(segmenter.cache) == 1


def test_an_embedding_that_does_not_fit_is_used_and_not_kept(encoded, samples):
    segmenter, sizes = encoded(cache_bytes=100)
    request = samples.request(samples.picture(), samples.all_shapes()[:1])
    for _ in range(2):
        [result] = segmenter.run([request])
        assert len(result.masks) == 1
    assert sizes == [1, 1]
    assert len(segmenter.cache) == segmenter.cache.size == 0


def test_embeddings_of_a_batch_own_their_memory(make_segmenter, samples):
    segmenter = make_segmenter("sam2")
    requests = [samples.request(samples.picture(seed=seed), samples.all_shapes()[:1]) for seed in range(3)]
    segmenter.run(requests)
    for request in requests:
        for part in segmenter.cache.get(request.key).features:
            assert part.untyped_storage().nbytes() == part.nbytes


def test_more_prompts_than_one_pass_takes(make_segmenter, samples):
    prompts = [samples.prompt(box=(index, 5, 40 + index, 60)) for index in range(50)]
    [result] = make_segmenter().run([samples.request(samples.picture(), prompts)])
    [last] = make_segmenter().run([samples.request(samples.picture(), prompts[-1:])])
    assert len(result.masks) == 50
    _agree(samples, last, type(last)(result.masks[-1:], result.scores[-1:]))


def test_small_parts_are_cleaned_by_the_setting(make_segmenter, samples):
    request = samples.request(samples.picture(), samples.all_shapes())
    [raw], [cleaned] = (make_segmenter(smallest_part=part).run([request]) for part in (0, 0.2))
    differing = sum(
        (samples.pixels(one) != samples.pixels(other)).sum()
        for one, other in zip(raw.masks, cleaned.masks, strict=True)
    )
    assert differing > 50
    assert numpy.array_equal(raw.scores, cleaned.scores)


def test_warming_up_leaves_nothing(make_segmenter, samples):
    segmenter: Segmenter = make_segmenter()
    segmenter.warm_up()
    assert len(segmenter.cache) == 0
    request = samples.request(samples.picture(), samples.all_shapes()[:1])
    segmenter.run([request])
    assert len(segmenter.cache) == 1


def test_loads_random_weights(tmp_path, samples):
    segmenter = load(SamSettings(profile="random", device="cpu", cache=str(tmp_path)))
    segmenter.warm_up()
    [result] = segmenter.run([samples.request(samples.picture(), samples.all_shapes())])
    assert len(result.masks) == 8
