import resource

import pytest
import torch
from transformers import Owlv2ImageProcessorPil

from .square import SquarePreparation

# After normalisation, where a step of a picture's 256 levels is 0.015.
_TOLERANCE = 5e-6


def _both(size):
    processor = Owlv2ImageProcessorPil(size={"height": size[0], "width": size[1]})
    return processor, SquarePreparation(size, processor.image_mean, processor.image_std, "cpu")


@pytest.mark.parametrize(
    "size",
    [
        (1, 1),
        (2, 1),
        (4, 7),
        (37, 50),
        (128, 128),
        (127, 129),
        (64, 128),
        (300, 200),
        (200, 531),
        (1600, 90),
        (777, 640),
    ],
)
def test_equals_the_reference(picture, size):
    processor, preparation = _both((128, 128))
    reference = processor(picture(*size), return_tensors="pt", input_data_format="channels_last").pixel_values[0]
    assert reference.shape == (3, 128, 128)
    torch.testing.assert_close(preparation(picture(*size)), reference, atol=_TOLERANCE, rtol=0)


@pytest.mark.parametrize("size", [(50, 120), (400, 300)])
def test_equals_the_reference_where_the_model_takes_no_square(picture, size):
    processor, preparation = _both((96, 160))
    reference = processor(picture(*size), return_tensors="pt").pixel_values[0]
    torch.testing.assert_close(preparation(picture(*size)), reference, atol=_TOLERANCE, rtol=0)


def test_a_long_strip_needs_no_square(picture):
    _, preparation = _both((960, 960))
    strip = picture(16_384, 100)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pixels = preparation(strip)
    # In KiB. The square would take 16384 * 16384 * 3 bytes, 768 MiB, before any filter.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024
    black = preparation(picture(1, 1).point(lambda _: 0))[:, 0, 0]
    # 100 of 16384 rows are 5.9 of 960, and the filter reaches 2 further.
    assert torch.equal(pixels[:, 10:], black[:, None, None].expand(3, 950, 960))
    assert pixels[:, :5].std() > 0.1
