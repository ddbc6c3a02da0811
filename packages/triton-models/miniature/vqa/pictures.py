"""Pictures as the served model's image processor gives them, for many of one size at once."""

import numpy
import torch
from PIL import Image
from transformers import LlavaOnevisionForConditionalGeneration
from transformers.image_utils import OPENAI_CLIP_MEAN, OPENAI_CLIP_STD

from .model import GRID, SIDE


def views(picture: numpy.ndarray) -> numpy.ndarray:
    """
    [v, SIDE, SIDE, 3] uint8 of a picture [h, w, 3]: squashed to the square, then with its proportions between black
    bars. v is 1 for square pictures, whose two views are the same.
    """
    squashed = _resized(picture, SIDE, SIDE)
    height, width = picture.shape[:2]
    if height == width:
        return squashed[None]
    top, left, tall, wide = fitted(height, width)
    tile = numpy.zeros_like(squashed)
    tile[top : top + tall, left : left + wide] = _resized(picture, tall, wide)
    return numpy.stack([squashed, tile])


def fitted(height: int, width: int) -> tuple[int, int, int, int]:
    """Where the tile shows a picture of this size: top, left, height, width."""
    scale = SIDE / max(height, width)
    tall, wide = (min(SIDE, -int(-side * scale // 1)) for side in (height, width))
    return (SIDE - tall) // 2, (SIDE - wide) // 2, tall, wide


def normalised(pixels: torch.Tensor) -> torch.Tensor:
    """uint8 [..., SIDE, SIDE, 3] to float32 [..., 3, SIDE, SIDE], as the image processor does it."""
    mean, deviation = (torch.tensor(values) * 255 for values in (OPENAI_CLIP_MEAN, OPENAI_CLIP_STD))
    return ((pixels - mean) / deviation).movedim(-1, -3)


def features(
    model: LlavaOnevisionForConditionalGeneration, pixels: torch.Tensor, size: tuple[int, int]
) -> tuple[torch.Tensor, torch.Tensor]:
    """
    What the language model reads of b pictures of one size (height, width), [b, n, d], and the vision tower's patches
    [b * v, GRID * GRID, c]. pixels: `views` of each, [b, v, SIDE, SIDE, 3].
    """
    inner, (batch, count) = model.model, pixels.shape[:2]
    tower = inner.vision_tower(normalised(pixels).flatten(0, 1), output_hidden_states=True)
    patches = tower.hidden_states[model.config.vision_feature_layer]
    projected = inner.multi_modal_projector(patches).view(batch, count, GRID * GRID, -1).expand(-1, 2, -1, -1)
    packed, _ = inner.pack_image_features(
        list(projected), torch.tensor([size] * batch), image_newline=inner.image_newline
    )
    return torch.stack(packed), patches


def token_patches(model: LlavaOnevisionForConditionalGeneration, count: int, size: tuple[int, int]) -> torch.Tensor:
    """[n] which of a picture's patches, counted through its `count` views, each token of `features` is; -1: none."""
    patches = torch.arange(count * GRID * GRID).float().view(1, count, GRID * GRID, 1).expand(-1, 2, -1, -1)
    packed, _ = model.model.pack_image_features(list(patches), torch.tensor([size]), image_newline=torch.tensor([-1.0]))
    return packed[0][:, 0].long()


def _resized(picture: numpy.ndarray, height: int, width: int) -> numpy.ndarray:
    return numpy.array(Image.fromarray(picture).resize((width, height), Image.Resampling.BICUBIC))
