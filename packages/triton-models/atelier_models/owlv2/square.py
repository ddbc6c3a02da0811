"""
OWLv2's preparation of pictures: padded to a square with black at the bottom and on the right, made smaller or larger
with a Gaussian filter and linear interpolation, normalised. The same numbers as `Owlv2ImageProcessorPil`.

The filter, the interpolation and the padding are linear and apart for rows and columns, so that each direction is one
matrix: output pixels x input pixels, zero outside a narrow band. It is multiplied block by block, only where it is not
zero, and the columns of the padding are left out: no square is ever made.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy
import torch
from PIL import Image

# Output pixels a block. Fewer multiply fewer zeros, more need fewer multiplications of matrices.
_BLOCK = 32


@dataclass(frozen=True)
class Block:
    """Output pixels first_output.. are `weights` [outputs, inputs] float32 times input pixels first_input.. ."""

    first_output: int
    first_input: int
    weights: torch.Tensor


class SquarePreparation:
    """Prepares pictures for OWLv2 on a device."""

    def __init__(self, size: tuple[int, int], mean: tuple[float, ...], std: tuple[float, ...], device: str):
        """size: (height, width) that the model takes. mean, std: of each channel, for values from 0 to 1."""
        self.size = size
        self._device = torch.device(device)
        self._scale = 1 / (255 * torch.tensor(std, device=self._device))[:, None, None]
        self._shift = (torch.tensor(mean, device=self._device) * 255)[:, None, None]

    @torch.inference_mode()
    def __call__(self, picture: Image.Image) -> torch.Tensor:
        """float32 [3, height, width] on the device. picture: mode RGB, of any size."""
        pixels = torch.from_numpy(numpy.array(picture)).to(self._device)
        height, width = self.size
        square = max(picture.size)
        rows = _resample(pixels.flatten(1), square, height)
        # Columns first now, so that the second direction is the same multiplication of rows.
        columns = rows.unflatten(1, (picture.width, 3)).transpose(0, 1).flatten(1)
        resized = _resample(columns, square, width).unflatten(1, (len(rows), 3)).permute(2, 1, 0)
        padded = torch.zeros(3, height, width, device=self._device)
        padded[:, : resized.shape[1], : resized.shape[2]] = resized
        return (padded - self._shift) * self._scale


def _resample(pixels: torch.Tensor, square: int, outputs: int) -> torch.Tensor:
    """
    [m, n] float32 of [inputs, n]: rows of the padded square, of which only `inputs` are not black, made to `outputs`
    rows. Of those only the first m <= outputs are given: the others are black.
    """
    blocks = band_blocks(pixels.shape[0], square, outputs, pixels.device)
    result = torch.zeros(blocks[-1].first_output + len(blocks[-1].weights), pixels.shape[1], device=pixels.device)
    for block in blocks:
        height, width = block.weights.shape
        rows = pixels[block.first_input : block.first_input + width].float()
        torch.matmul(block.weights, rows, out=result[block.first_output : block.first_output + height])
    return result


@lru_cache(maxsize=64)
def band_blocks(inputs: int, square: int, outputs: int, device: torch.device) -> tuple[Block, ...]:
    """
    The matrix from `square` pixels, of which those from `inputs` on are black, to `outputs` pixels.
    As in scikit-image's `resize`, which OWLv2 was trained with: a Gaussian of sigma (square / outputs - 1) / 2, cut at
    4 sigma, then linear interpolation at pixel centres; beyond the edges the picture is mirrored without repeating the
    outermost pixel.
    """
    factor = square / outputs
    centre = (numpy.arange(outputs) + 0.5) * factor - 0.5
    # The edge is mirrored before pixels are chosen: interpolation goes inwards there.
    centre = (square - 1) - numpy.abs((square - 1) - numpy.abs(centre)) if square > 1 else numpy.zeros(outputs)
    left = numpy.floor(centre)
    kernel = _gaussian(max(0.0, (factor - 1) / 2))
    radius = len(kernel) // 2
    taps = left.astype(int)[:, None] + numpy.arange(-radius, radius + 2)
    share = (centre - left)[:, None]
    weights = numpy.pad(kernel, (0, 1)) * (1 - share) + numpy.pad(kernel, (1, 0)) * share
    return tuple(_blocks(_mirrored(taps, square), weights, inputs, device))


def _blocks(taps: numpy.ndarray, weights: numpy.ndarray, inputs: int, device: torch.device):
    """taps, weights: [outputs, k], which input pixels make an output pixel and by how much."""
    for first in range(0, len(taps), _BLOCK):
        here, shares = taps[first : first + _BLOCK], weights[first : first + _BLOCK]
        inside = here < inputs
        if not inside.any():
            continue
        low, high = here[inside].min(), here[inside].max()
        matrix = numpy.zeros((len(here), high - low + 1))
        rows = numpy.broadcast_to(numpy.arange(len(here))[:, None], here.shape)
        numpy.add.at(matrix, (rows[inside], here[inside] - low), shares[inside])
        yield Block(first, int(low), torch.from_numpy(matrix.astype(numpy.float32)).to(device))


def _gaussian(sigma: float) -> numpy.ndarray:
    radius = int(4 * sigma + 0.5)
    if sigma == 0 or radius == 0:
        return numpy.ones(1)
    kernel = numpy.exp(-0.5 * (numpy.arange(-radius, radius + 1) / sigma) ** 2)
    return kernel / kernel.sum()


def _mirrored(taps: numpy.ndarray, square: int) -> numpy.ndarray:
    period = max(1, 2 * square - 2)
    taps = taps % period
    return numpy.minimum(taps, period - taps) if square > 1 else numpy.zeros_like(taps)
