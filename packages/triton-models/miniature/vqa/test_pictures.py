import numpy
import pytest
import torch

from miniature.vqa.model import make_image_processor
from miniature.vqa.pictures import normalised, views


@pytest.mark.parametrize(("height", "width"), [(128, 128), (96, 128), (128, 96), (61, 83), (90, 47)])
def test_views_are_what_the_image_processor_gives(height, width):
    picture = numpy.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=numpy.uint8)
    served = make_image_processor()(picture, return_tensors="pt")["pixel_values"][0]
    own = normalised(torch.from_numpy(views(picture))).expand(2, -1, -1, -1)
    assert torch.allclose(own, served, atol=1e-5)
