"""What weights of small pictures do with large ones: the own resolution is 64 pixels here, 8 latents."""

import dataclasses
import math

import numpy
import pytest
import torch
from PIL import Image

from .conftest import from_words, inpainting, outputs_of, picture_of, png_of
from .own_resolution import at_size, size_to_paint

NAMES = ["sd3-small", "sd3-inpaint-small", "xl-small", "sd-small"]


@pytest.mark.parametrize(
    ("asked", "own", "painted"),
    [
        ((512, 512), 128, (128, 128)),
        ((512, 384), 128, (128, 96)),
        ((384, 512), 128, (96, 128)),
        ((624, 400), 128, (128, 80)),
        ((272, 16), 128, (128, 16)),
        ((256, 256), 128, (256, 256)),
        ((256, 64), 128, (256, 64)),
        ((64, 64), 128, (64, 64)),
        # SD3 Medium paints all that can be asked for as it is, SD 1.5 up to 1024 pixels.
        ((2048, 2048), 1024, (2048, 2048)),
        ((1024, 768), 512, (1024, 768)),
        ((1040, 768), 512, (512, 384)),
        # No multiple of 16 itself, and not known at all.
        ((512, 256), 120, (128, 64)),
        ((512, 256), None, (512, 256)),
    ],
)
def test_the_size_to_paint(asked, own, painted):
    assert size_to_paint(asked, own, 16) == painted


def test_the_size_keeps_to_the_pipelines_own_multiple_and_to_what_it_can_paint():
    assert size_to_paint((640, 512), 128, 8) == (128, 104)
    assert size_to_paint((256, 192), 128, 8, longest=192) == (128, 96)
    assert size_to_paint((256, 192), 128, 8, longest=256) == (256, 192)
    assert size_to_paint((512, 512), 128, 8, longest=96) == (96, 96)


@pytest.mark.parametrize("seed", range(8))
def test_the_smaller_mask_has_every_pixel_that_is_touched(seed):
    random = numpy.random.default_rng(seed)
    height, width = (int(side) for side in random.integers(40, 300, 2))
    small = (int(random.integers(8, min(width, 40) + 1)), int(random.integers(8, min(height, 40) + 1)))
    mask = (random.random((height, width)) < 0.003) * numpy.uint8(255)
    expected = numpy.zeros((small[1], small[0]), dtype=numpy.uint8)
    for y, x in zip(*numpy.nonzero(mask), strict=True):
        rows = slice(y * small[1] // height, math.ceil((y + 1) * small[1] / height))
        columns = slice(x * small[0] // width, math.ceil((x + 1) * small[0] / width))
        expected[rows, columns] = 255
    request = from_words(image=Image.new("RGB", (width, height)), mask=Image.fromarray(mask))
    reduced = at_size(dataclasses.replace(request, width=width, height=height), small)
    assert numpy.array_equal(numpy.asarray(reduced.mask), expected)
    assert reduced.image.size == (reduced.width, reduced.height) == small


def test_grey_of_a_mask_stays_as_bright_as_it_was():
    mask = numpy.zeros((64, 64), dtype=numpy.uint8)
    mask[8, 8], mask[40, 40] = 127, 128
    request = from_words(image=Image.new("RGB", (64, 64)), mask=Image.fromarray(mask))
    assert sorted(at_size(request, (16, 16)).mask.getcolors()) == [(1, 127), (1, 128), (254, 0)]


@pytest.fixture
def painted_sizes():
    """`painted_sizes(painter, request)`: (width, height) in pixels at which each step ran."""

    def painted_sizes(painter, request) -> set[tuple[int, int]]:
        seen, family = set(), painter._family
        factor = family._inpainting.vae_scale_factor

        def see(_module, args, kwargs):
            *_, height, width = (args[0] if args else kwargs["hidden_states"]).shape
            seen.add((width * factor, height * factor))

        hook = family.denoiser.register_forward_pre_hook(see, with_kwargs=True)
        outputs_of(painter, request)
        hook.remove()
        return seen

    return painted_sizes


@pytest.mark.parametrize("name", NAMES)
def test_far_larger_pictures_are_painted_small_and_enlarged(painter_of, painted_sizes, name):
    painter = painter_of(name)
    for asked, small in (((192, 128), (64, 48)), ((144, 240), (32, 64))):
        request = inpainting(width=asked[0], height=asked[1])
        painter._family.check(request)
        assert painted_sizes(painter, request) == {small}
        picture = picture_of(painter, request)
        by_itself = picture_of(painter, at_size(request, small))
        assert (by_itself.size, picture.size, picture.mode) == (small, asked, "RGB")
        assert numpy.array_equal(picture, by_itself.resize(asked, Image.Resampling.LANCZOS))


def test_so_are_pictures_from_words(painter_of, painted_sizes):
    painter, request = painter_of("sd3-small"), from_words(width=192, height=192)
    assert painted_sizes(painter, request) == {(64, 64)}
    assert picture_of(painter, request).size == (192, 192)


@pytest.mark.parametrize("name", NAMES)
def test_up_to_twice_the_own_resolution_nothing_changes(painter_of, painted_sizes, name):
    painter, request = painter_of(name), inpainting(width=128, height=96)
    assert painted_sizes(painter, request) == {(128, 96)}
    assert png_of(painter, request) == png_of(painter_of(name, resolution="asked"), request)


def test_as_asked_where_that_is_set_or_no_resolution_is_known(painter_of, painted_sizes, monkeypatch):
    request = inpainting(width=192, height=128)
    assert painted_sizes(painter_of("sd3-small", resolution="asked"), request) == {(192, 128)}
    painter = painter_of("sd3-small")
    denoiser = painter._family.denoiser
    # Put back after the test.
    monkeypatch.setattr(denoiser, "_internal_dict", denoiser.config)
    denoiser.register_to_config(sample_size=None)
    assert painter._family.own_resolution is None
    assert painted_sizes(painter, request) == {(192, 128)}
    denoiser.register_to_config(sample_size=[8, 4])
    assert painter._family.own_resolution == 64


def test_what_is_painted_small_needs_no_tiles(painter_of):
    painter = painter_of("sd3-small", tile_above=96)
    png_of(painter, inpainting(width=192))
    assert not painter._family._inpainting.vae.use_tiling
    png_of(painter, inpainting(width=128))
    assert painter._family._inpainting.vae.use_tiling


def test_steps_and_seeds_mean_the_same(painter_of):
    painter, request = painter_of("sd3-small"), inpainting(width=192, steps=10, strength=0.6)
    *steps, _ = outputs_of(painter, request)
    assert [step["STEP"].item() for step in steps] == [1, 2, 3, 4, 5, 6]
    torch.manual_seed(1)
    assert png_of(painter, request) == png_of(painter, request)
    assert png_of(painter, request) != png_of(painter, dataclasses.replace(request, seed=6))
