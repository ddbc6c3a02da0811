"""From decoded pictures to what an image tower reads: small uint8 arrays on the CPU, then one tensor on the device."""

from collections.abc import Sequence
from typing import Protocol

import numpy
import torch
from PIL import Image
from transformers.models.siglip2.image_processing_pil_siglip2 import (
    convert_image_to_patches,
    get_image_size_for_max_num_patches,
)

from ..errors import SettingsError

# Pictures whose longer side is more than so many times the shorter one are cut before they are resized.
_LONGEST = 8


class Preparation(Protocol):
    def shrink(self, picture: Image.Image) -> numpy.ndarray | tuple:
        """A small uint8 array of an RGB picture; called from several threads."""

    def collate(self, shrunk: Sequence) -> dict[str, torch.Tensor]:
        """The tower's arguments for these pictures. Only uint8 crosses to the device."""


class Normalise:
    """uint8 to normalised numbers, in float32 until the last step."""

    def __init__(self, processor, device: str, dtype: torch.dtype):
        scale = processor.rescale_factor if processor.do_rescale else 1.0
        mean, std = (processor.image_mean, processor.image_std) if processor.do_normalize else (0.0, 1.0)
        spread = torch.as_tensor(std, dtype=torch.float32)
        self._factor = (scale / spread).to(device)
        self._offset = (torch.as_tensor(mean, dtype=torch.float32) / spread).to(device)
        self._device, self._dtype = device, dtype

    def __call__(self, pixels: torch.Tensor) -> torch.Tensor:
        """[..., 3] uint8 to the same shape."""
        return (pixels.to(self._device) * self._factor - self._offset).to(self._dtype)


class FixedSize:
    """
    CLIP (the shorter side is resized, the centre cut out) and SigLIP (resized to a square), as a transformers image
    processor says, and with the same pixels.
    """

    def __init__(self, processor, device: str, dtype: torch.dtype):
        size, crop = processor.size, processor.crop_size if processor.do_center_crop else None
        self._kept = (crop.width, crop.height) if crop else (size.width, size.height)
        self._shortest = size.shortest_edge if crop else None
        self._filter = Image.Resampling(processor.resample)
        self._normalise = Normalise(processor, device, dtype)
        if None in self._kept or (crop and not (self._shortest and max(self._kept) <= self._shortest)):
            raise SettingsError(f"clip: pictures resized to {size} and cut to {crop} are not supported.")

    def shrink(self, picture: Image.Image) -> numpy.ndarray:
        """[height, width, 3] uint8."""
        if not self._shortest:
            return numpy.asarray(picture.resize(self._kept, self._filter))
        resized = tuple(self._shortest * side // min(picture.size) for side in picture.size)
        corner = tuple((side - kept) // 2 for side, kept in zip(resized, self._kept, strict=True))
        if max(resized) > _LONGEST * self._shortest:
            return self._shrink_centre(picture, resized, corner)
        whole = picture.resize(resized, self._filter)
        return numpy.asarray(whole.crop((*corner, corner[0] + self._kept[0], corner[1] + self._kept[1])))

    def collate(self, shrunk: Sequence[numpy.ndarray]) -> dict[str, torch.Tensor]:
        """pixel_values [n, 3, height, width]."""
        pixels = self._normalise(torch.from_numpy(numpy.stack(shrunk)))
        return {"pixel_values": pixels.permute(0, 3, 1, 2).contiguous()}

    def _shrink_centre(self, picture: Image.Image, resized: tuple[int, ...], corner: tuple[int, ...]) -> numpy.ndarray:
        """
        Computes only what is kept: 1 x 16384 pixels must not become 224 x 3670016 on the way. Pillow may then choose
        another order of its two passes, which rounds differently by 1 of 255.
        """
        ratios = [side / to for side, to in zip(picture.size, resized, strict=True)]
        starts = [at * ratio for at, ratio in zip(corner, ratios, strict=True)]
        ends = [
            min((at + kept) * ratio, side)
            for at, kept, ratio, side in zip(corner, self._kept, ratios, picture.size, strict=True)
        ]
        return numpy.asarray(picture.resize(self._kept, self._filter, (*starts, *ends)))


class Patches:
    """SigLIP 2 NaFlex: each picture keeps its shape and becomes at most so many patches (arXiv 2502.14786)."""

    def __init__(self, processor, device: str, dtype: torch.dtype):
        self._patch, self._most = processor.patch_size, processor.max_num_patches
        self._filter = Image.Resampling(processor.resample)
        self._normalise = Normalise(processor, device, dtype)

    def shrink(self, picture: Image.Image) -> tuple[numpy.ndarray, tuple[int, int]]:
        """[patches, patch * patch * 3] uint8 and how many patches (down, across)."""
        height, width = get_image_size_for_max_num_patches(picture.height, picture.width, self._patch, self._most)
        pixels = numpy.array(picture.resize((width, height), self._filter)).transpose(2, 0, 1)
        return convert_image_to_patches(pixels, self._patch), (height // self._patch, width // self._patch)

    def collate(self, shrunk: Sequence[tuple[numpy.ndarray, tuple[int, int]]]) -> dict[str, torch.Tensor]:
        """pixel_values [n, most, patch * patch * 3], pixel_attention_mask [n, most], spatial_shapes [n, 2]."""
        shapes = torch.tensor([shape for _, shape in shrunk])
        mask = torch.arange(self._most)[None] < shapes.prod(dim=1, keepdim=True)
        pixels = torch.zeros((len(shrunk), self._most, shrunk[0][0].shape[1]), dtype=torch.uint8)
        for row, (patches, _) in zip(pixels, shrunk, strict=True):
            row[: len(patches)] = torch.from_numpy(patches)
        normal = self._normalise(pixels.unflatten(-1, (-1, 3))).flatten(-2)
        mask = mask.to(normal.device)
        return {
            "pixel_values": normal * mask[..., None],
            "pixel_attention_mask": mask.int(),
            # Read on the host by the tower: it resizes the position embeddings of each picture by it.
            "spatial_shapes": shapes,
        }
