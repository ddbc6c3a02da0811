import dataclasses
import io

import numpy
import pytest
import torch
from PIL import Image
from torch.nn.functional import normalize
from transformers import AutoTokenizer

from ..errors import BadInputError, SettingsError
from ..inputs import Inputs
from ..settings import ClipSettings
from . import embedder as embedder_module
from .kept import Kept
from .load import _KINDS, load, load_folder
from .random_weights import build
from .request import Request, read_request
from .tiny_siglip import build_siglip, build_siglip2

SETTINGS = ClipSettings(device="cpu", most_items=4, most_characters=2_000)
BUILDERS = {"clip": build, "siglip": build_siglip, "siglip2": build_siglip2}
SIZES = [(50, 70), (32, 32), (97, 31), (640, 427), (1, 1), (31, 33), (200, 30)]
LINES = [(3, 200), (1999, 40), (1, 700)]
TEXTS = ["a red bird", "Two dogs & a CAT, naïvely 😀!", "long " * 300]


def picture(size: tuple[int, int], seed: int = 0) -> Image.Image:
    """Smooth colours with noise upon them: neither flat nor noise alone."""
    width, height = size
    y, x = numpy.mgrid[0:height, 0:width]
    waves = numpy.stack([numpy.sin(x / (3 + k) + seed) + numpy.cos(y / (5 + k)) for k in range(3)], axis=-1)
    noise = numpy.random.default_rng(seed).normal(0, 12, waves.shape)
    return Image.fromarray((waves * 50 + 128 + noise).clip(0, 255).astype(numpy.uint8))


def png(size: tuple[int, int], seed: int = 0) -> bytes:
    buffer = io.BytesIO()
    picture(size, seed).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(scope="module", params=list(BUILDERS))
def kind(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    BUILDERS[request.param](folder)
    model_class, processor_class, _ = _KINDS[request.param]
    model = model_class.from_pretrained(folder).eval()
    return request.param, load_folder(folder, SETTINGS), model, processor_class.from_pretrained(folder), folder


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clip")
    build(folder)
    return load_folder(folder, SETTINGS)


def test_pictures_are_prepared_as_by_the_transformers_processor(kind):
    """Within 1e-6 of the normalised numbers; lines of pixels for CLIP within 1 of 255 (see `_shrink_centre`)."""
    name, embedder, _, processor, _ = kind
    prepare = embedder._prepare
    for sizes, most_error in (
        (SIZES, 1e-6),
        (LINES, 1.01 / 255 / min(processor.image_std) if name == "clip" else 1e-6),
    ):
        pictures = [picture(size, seed) for seed, size in enumerate(sizes)]
        ours = prepare.collate([prepare.shrink(one) for one in pictures])
        reference = processor(pictures, return_tensors="pt")
        assert set(ours) == set(reference.keys())
        assert (ours["pixel_values"] - reference["pixel_values"]).abs().max() <= most_error
        for other in set(ours) - {"pixel_values"}:
            assert torch.equal(ours[other].long(), reference[other].long())


@torch.inference_mode()
def test_vectors_are_the_models_own_features(kind):
    """Within 2e-6 (float32 on the CPU), for one batch of mixed requests; long texts are cut."""
    name, embedder, model, processor, folder = kind
    pictures = [picture(size, seed) for seed, size in enumerate(SIZES[:4])]
    files = [png(size, seed) for seed, size in enumerate(SIZES[:4])]
    rows = embedder.embed(
        [
            Request(texts=tuple(TEXTS[:2])),
            Request(images=tuple(files[:3])),
            Request(texts=(TEXTS[2],)),
            Request(images=(files[3],)),
        ]
    )
    padding = {"padding": True} if name == "clip" else {"padding": "max_length"}
    length = model.config.text_config.max_position_embeddings
    tokens = AutoTokenizer.from_pretrained(folder)(
        TEXTS, return_tensors="pt", truncation=True, max_length=length, **padding
    )
    mask = {"attention_mask": tokens["attention_mask"]} if name == "clip" else {}
    texts = normalize(model.get_text_features(input_ids=tokens["input_ids"], **mask).pooler_output, dim=-1)
    images = normalize(model.get_image_features(**processor(pictures, return_tensors="pt")).pooler_output, dim=-1)
    assert [len(part) for part in rows] == [2, 3, 1, 1]
    assert all(part.dtype == numpy.float32 for part in rows)
    numpy.testing.assert_allclose(numpy.concatenate([rows[0], rows[2]]), texts.numpy(), atol=2e-6)
    numpy.testing.assert_allclose(numpy.concatenate([rows[1], rows[3]]), images.numpy(), atol=2e-6)
    numpy.testing.assert_allclose(numpy.linalg.norm(numpy.concatenate(rows), axis=1), 1, atol=1e-6)


def test_pictures_of_a_batch_go_through_the_tower_together_in_parts(clip, monkeypatch):
    calls = []
    hook = clip._images.register_forward_pre_hook(
        lambda _, __, kwargs: calls.append(len(kwargs["pixel_values"])), with_kwargs=True
    )
    requests = [Request(images=tuple(png((40, 40), 3 * index + k) for k in range(3))) for index in range(3)]
    together = clip.embed(requests)
    assert calls == [9]
    monkeypatch.setattr(clip, "_kept_images", Kept(0))
    monkeypatch.setattr(embedder_module, "_PICTURES_AT_ONCE", 4)
    in_parts = clip.embed(requests)
    hook.remove()
    assert calls == [9, 4, 4, 1]
    numpy.testing.assert_allclose(numpy.concatenate(in_parts), numpy.concatenate(together), atol=1e-6)


def test_a_bad_picture_fails_its_request_alone_and_says_which(clip):
    good = png((40, 30))
    alone = clip.embed([Request(images=(good,)), Request(texts=("a bird",))])
    first, bad, text, huge = clip.embed(
        [
            Request(images=(good,)),
            Request(images=(good, good, b"GIF89a?")),
            Request(texts=("a bird",)),
            Request(images=(png((16_385, 1)),)),
        ]
    )
    assert isinstance(bad, BadInputError)
    assert str(bad) == "IMAGES 2 is not a picture that can be decoded (7 bytes)."
    assert isinstance(huge, BadInputError)
    assert "16385 x 1" in str(huge)
    numpy.testing.assert_allclose(first, alone[0], atol=1e-6)
    numpy.testing.assert_allclose(text, alone[1], atol=1e-6)


def test_vectors_are_kept_and_errors_are_not():
    asked = []

    def compute(missing):
        asked.append(missing)
        return [BadInputError("bad") if index == 2 else numpy.full(3, index, numpy.float32) for index in missing]

    kept = Kept(2)
    first = kept.rows([b"a", b"b", b"bad"], compute)
    assert isinstance(first[2], BadInputError)
    again = kept.rows([b"b", b"a", b"bad", b"c"], compute)
    assert asked == [[0, 1, 2], [2, 3]]
    numpy.testing.assert_array_equal(again[0], first[1])
    kept.rows([b"a", b"b"], compute)
    assert asked[2] == [1], "b was the longest unused when c came"


def test_a_kept_vector_does_not_keep_its_whole_batch():
    kept = Kept(2)
    kept.rows([b"a", b"b"], lambda missing: numpy.zeros((len(missing), 3), numpy.float32))
    assert [row.base for row in kept.rows([b"a", b"b"], pytest.fail)] == [None, None]


def test_a_kept_vector_is_the_same_and_the_tower_rests(clip):
    files = (png((60, 40), 77), png((41, 60), 78))
    first = clip.embed([Request(images=files), Request(texts=("kept",))])
    calls = []
    hooks = [tower.register_forward_pre_hook(lambda *_: calls.append(1)) for tower in (clip._images, clip._texts)]
    again = clip.embed([Request(texts=("kept",)), Request(images=files[::-1])])
    for hook in hooks:
        hook.remove()
    assert not calls
    numpy.testing.assert_array_equal(again[1], first[0][::-1])
    numpy.testing.assert_array_equal(again[0], first[1])


def test_a_line_of_pixels_is_not_blown_up(clip):
    """The reference resizes 1 x 16384 to 32 x 524288 before it cuts; with 224 pixels that is 2.4 GB."""
    (rows,) = clip.embed([Request(images=(png((1, 16_384)), png((16_384, 1))))])
    assert rows.shape == (2, 24)
    assert numpy.isfinite(rows).all()


def inputs(**arrays: list[bytes]) -> Inputs:
    return Inputs({name: numpy.array([values], dtype=object).reshape(1, -1) for name, values in arrays.items()}, True)


def test_requests_are_read():
    assert read_request(inputs(IMAGES=[b"a", b"b"]), SETTINGS) == Request(images=(b"a", b"b"))
    assert read_request(inputs(TEXTS=["Ü".encode()]), SETTINGS) == Request(texts=("Ü",))


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({}, "Exactly one of IMAGES and TEXTS must be given, not none"),
        ({"IMAGES": [b"a"], "TEXTS": [b"a"]}, "Exactly one of IMAGES and TEXTS must be given, not both"),
        ({"IMAGES": []}, "IMAGES must have from 1 to 4 elements, not 0"),
        ({"IMAGES": [b"a"] * 5}, "IMAGES must have at most 4 elements, not 5"),
        ({"TEXTS": []}, "TEXTS must have from 1 to 4 texts, not 0"),
        ({"TEXTS": [b"a"] * 5}, "TEXTS must have from 1 to 4 texts, not 5"),
        ({"TEXTS": [b"a", b" "]}, "TEXTS 1 is empty"),
        ({"TEXTS": [b"\xff"]}, "TEXTS is not UTF-8 text"),
        ({"TEXTS": [b"a" * 2_001]}, "TEXTS has 2001 characters; at most 2000 are taken"),
    ],
)
def test_bad_requests_are_refused(arrays, words):
    with pytest.raises(BadInputError, match=words):
        read_request(inputs(**arrays), SETTINGS)


def test_the_random_profile_loads_and_warms_up(tmp_path):
    settings = dataclasses.replace(SETTINGS, profile="random", cache=str(tmp_path))
    load(settings).warm_up()
    folder = tmp_path / "random-2" / "clip"
    again = tmp_path / "again"
    build(again)
    for file in sorted(folder.iterdir()):
        assert (again / file.name).read_bytes() == file.read_bytes()


def test_weights_of_another_kind_are_refused(tmp_path):
    build(tmp_path)
    config = (tmp_path / "config.json").read_text().replace('"model_type": "clip"', '"model_type": "bert"')
    (tmp_path / "config.json").write_text(config)
    with pytest.raises(SettingsError, match="of type bert; taken are clip, siglip, siglip2"):
        load_folder(tmp_path, SETTINGS)
