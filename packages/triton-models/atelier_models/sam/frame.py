"""How a picture lies in the square that the image encoder sees."""

from dataclasses import dataclass

import numpy
import torch
from PIL import Image


@dataclass(frozen=True)
class Frame:
    """
    width, height: of the picture, in its own pixels.
    inner_width, inner_height: of the picture in the square, from the top left corner; the rest is padding.
    side: of the square.
    """

    width: int
    height: int
    inner_width: int
    inner_height: int
    side: int

    @staticmethod
    def fitted(size: tuple[int, int], side: int) -> "Frame":
        """SAM: the longer side becomes `side`, the shape stays (segment-anything's ResizeLongestSide)."""
        scale = side / max(size)
        # A very thin picture would otherwise have no pixels left.
        width, height = (max(1, int(length * scale + 0.5)) for length in size)
        return Frame(*size, width, height, side)

    @staticmethod
    def stretched(size: tuple[int, int], side: int) -> "Frame":
        """SAM 2: the picture fills the square, whatever its shape."""
        return Frame(*size, side, side, side)

    def inner(self, coordinates: numpy.ndarray) -> numpy.ndarray:
        """[..., 2] (x, y) in pixels of the picture -> float32 in pixels of the square."""
        scale = (self.inner_width / self.width, self.inner_height / self.height)
        return (coordinates * scale).astype(numpy.float32)

    def resize(self, picture: Image.Image) -> numpy.ndarray:
        """RGB -> [inner_height, inner_width, 3] uint8, bilinear with antialiasing, as the model was trained."""
        return numpy.array(picture.resize((self.inner_width, self.inner_height), Image.Resampling.BILINEAR))


@dataclass(frozen=True)
class Normalisation:
    """Colours as the model expects them: (value / 255 - mean) / std for each of the three channels."""

    mean: tuple[float, ...]
    std: tuple[float, ...]

    def batch(self, pictures: list[numpy.ndarray], side: int, device: str, dtype: torch.dtype) -> torch.Tensor:
        """Pictures [height, width, 3] uint8 -> [n, 3, side, side], zeros to the right and below."""
        mean, std = (torch.tensor(values, device=device).view(3, 1, 1) for values in (self.mean, self.std))
        batch = torch.zeros((len(pictures), 3, side, side), device=device, dtype=dtype)
        for place, picture in zip(batch, pictures, strict=True):
            pixels = torch.from_numpy(picture).to(device).permute(2, 0, 1).to(torch.float32)
            place[:, : picture.shape[0], : picture.shape[1]] = (pixels / 255 - mean) / std
        return batch
