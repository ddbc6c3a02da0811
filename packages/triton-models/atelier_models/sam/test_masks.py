import io

import numpy
import pytest
from PIL import Image
from scipy import ndimage

from .masks import clean, encode_mask


def _blob():
    mask = numpy.zeros((60, 80), dtype=bool)
    mask[10:50, 20:70] = True
    return mask


def test_small_holes_are_filled_and_small_islands_removed():
    mask = _blob()
    mask[20:22, 30:33] = False
    mask[2:4, 2:4] = True
    assert (clean(mask, 0.01) == _blob()).all()


def test_large_holes_and_islands_stay():
    mask = _blob()
    mask[20:30, 30:40] = False
    mask[0:8, 0:8] = True
    assert (clean(mask, 0.01) == mask).all()
    assert (clean(mask, 0) == mask).all()


def test_the_limit_is_a_part_of_the_masks_area():
    mask = numpy.zeros((20, 40), dtype=bool)
    mask[0:9, 0:10] = True
    mask[15:17, 30:35] = True
    assert clean(mask, 0.1).sum() == 100
    assert clean(mask, 0.101).sum() == 90


def test_a_bay_and_the_outside_are_no_holes():
    mask = _blob()
    mask[10:12, 30] = False
    mask[:, 79] = True
    assert (clean(mask, 0.05)[10:12, 30] == 0).all()
    corner = numpy.ones((30, 30), dtype=bool)
    corner[0, 0] = False
    assert (clean(corner, 0.1) == corner).all()


def test_what_touches_at_a_corner_is_one_part():
    mask = numpy.eye(9, dtype=bool)
    assert (clean(mask, 0.5) == mask).all()


def test_a_mask_is_never_emptied_and_an_empty_one_is_legal():
    specks = numpy.zeros((20, 20), dtype=bool)
    specks[2, 2] = specks[10, 10:12] = True
    assert clean(specks, 1.0).sum() == 2
    assert not clean(numpy.zeros((5, 5), dtype=bool), 0.1).any()
    assert clean(numpy.ones((5, 5), dtype=bool), 1.0).all()


@pytest.mark.parametrize("seed", range(20))
def test_nothing_small_is_left(seed):
    noise = numpy.random.default_rng(seed).standard_normal((70, 90))
    mask = ndimage.gaussian_filter(noise, 2) > 0.05
    cleaned = clean(mask, 0.05)
    least = 0.05 * mask.sum()
    islands = numpy.bincount(ndimage.label(cleaned, numpy.ones((3, 3)))[0].ravel())[1:]
    assert (islands >= least).all()
    holes, count = ndimage.label(ndimage.binary_fill_holes(cleaned) & ~cleaned)
    assert (numpy.bincount(holes.ravel(), minlength=count + 1)[1:] >= least).all()
    # Only small parts have changed, each by itself.
    changed = numpy.bincount(ndimage.label(cleaned != mask)[0].ravel())[1:]
    assert (changed < least).all()


@pytest.mark.parametrize("size", [(1, 1), (7, 3), (61, 80), (3, 1000)])
def test_the_png_holds_the_mask(size):
    mask = numpy.random.default_rng(1).random(size) > 0.5
    for bits in (mask, numpy.zeros(size, dtype=bool), numpy.ones(size, dtype=bool)):
        with Image.open(io.BytesIO(encode_mask(bits))) as picture:
            picture.verify()
        with Image.open(io.BytesIO(encode_mask(bits))) as picture:
            assert (picture.mode, picture.size) == ("L", size[::-1])
            assert (numpy.asarray(picture) == numpy.where(bits, 255, 0)).all()
