"""
The resolution that weights were trained at. Far above it diffusion models repeat things and lose the whole (SD 1.5 at
2,048 pixels paints many small cats); so there the picture is painted small, and enlarged.
"""

from dataclasses import replace

import numpy
import torch
from PIL import Image
from torch.nn.functional import adaptive_max_pool2d

from .request import PaintRequest

Size = tuple[int, int]
# Times the own resolution. SD 1.5 and SD3 Medium still compose well at it, and details of their own are worth more.
_STILL_GOOD = 2


def size_to_paint(asked: Size, own: int | None, multiple: int, longest: int | None = None) -> Size:
    """
    The (width, height) to paint where `asked` is wanted, in pixels. `own`: side of the pictures of the training; None
    if unknown. `multiple`: of sides that are not those asked for. `longest`: what cannot be painted larger.
    """
    longer = max(asked)
    longest = longest or longer
    if own is None or longer <= min(_STILL_GOOD * own, longest):
        return asked
    part = min(own, longest) / longer
    width, height = (max(multiple, round(side * part / multiple) * multiple) for side in asked)
    return width, height


def at_size(request: PaintRequest, size: Size) -> PaintRequest:
    """The request for a picture of that size, at most as large. What the smaller mask leaves out was nowhere masked."""
    if size == (request.width, request.height):
        return request
    small = replace(request, width=size[0], height=size[1])
    if request.image is None or request.mask is None:
        return small
    image = request.image.resize(size, Image.Resampling.LANCZOS)
    return replace(small, image=image, mask=_covering(request.mask, size))


def _covering(mask: Image.Image, size: Size) -> Image.Image:
    """Mode L. Each pixel is the brightest of those that it touches, in part or whole."""
    width, height = size
    values = torch.from_numpy(numpy.array(mask, dtype=numpy.float32))
    brightest = adaptive_max_pool2d(values[None, None], (height, width))[0, 0]
    return Image.fromarray(brightest.numpy().astype(numpy.uint8))
