"""
First weights that save the slowest part of learning; none of it is fixed.

The vision tower: patches come whitened by what pictures are like (Jordan 2024, arXiv:2404.00498, on CIFAR-10), and the
heads of the first layers look at the eight patches around each, as a convolution does (d'Ascoli et al. 2021,
arXiv:2103.10697). The language model: attention goes to what is alike, and takes it over (Trockman and Kolter 2023,
arXiv:2305.09828), so a word finds the patches that resemble it.
"""

import math

import numpy
import torch
from torch import nn
from transformers import LlavaOnevisionForConditionalGeneration

from .model import GRID, PATCH
from .pictures import normalised

# Of the mean variance of the components that are kept: below it noise is not made louder.
_FLOOR = 0.02
_LOUDNESS = 0.5
# In patches. Sine and cosine of each, for column and row, are the channels that say where a patch is.
_WAVELENGTHS = (3.0, 4.5, 7.0, 10.0, 16.0, 32.0)
_PLACE = 4 * len(_WAVELENGTHS)
# (columns, rows) from a patch to the one that a head looks at.
_NEIGHBOURS = [(x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if (x, y) != (0, 0)]
_NEIGHBOUR_LAYERS = 2
# Of queries and keys: a head's neighbour then gets most of its attention.
_SHARPNESS = 1.4
_ELSEWHERE = 0.2
# Of what each layer adds: places must still be told apart in the second.
_ADDED = 0.4
# Of the language model: embeddings' standard deviation, and the length of queries and keys for inputs of variance 1.
_EMBEDDING, _LIKENESS = 0.1, 0.8


def prepare(model: LlavaOnevisionForConditionalGeneration, pixels: numpy.ndarray) -> None:
    """pixels: [n, SIDE, SIDE, 3] uint8 of some square pictures of the world."""
    tower = model.model.vision_tower
    convolution, places = tower.embeddings.patch_embedding, tower.embeddings.position_embedding
    with torch.no_grad():
        weight, bias = _whitening(_patches(pixels), convolution.out_channels - _PLACE)
        convolution.weight.zero_()
        convolution.bias.zero_()
        convolution.weight[_PLACE:] = _LOUDNESS * weight.view(-1, *convolution.weight.shape[1:])
        convolution.bias[_PLACE:] = _LOUDNESS * bias
        places.weight.zero_()
        places.weight[:, :_PLACE] = _waves()
        for index, layer in enumerate(tower.encoder.layers):
            layer.self_attn.out_proj.weight.mul_(_ADDED)
            layer.mlp.fc2.weight.mul_(_ADDED)
            if index < _NEIGHBOUR_LAYERS:
                _look_around(layer.self_attn)
        language = model.model.language_model
        nn.init.normal_(language.embed_tokens.weight, std=_EMBEDDING)
        for layer in language.layers:
            _look_for_likeness(layer.self_attn)


def _patches(pixels: numpy.ndarray) -> torch.Tensor:
    """[m, 3 * PATCH * PATCH] as the convolution reads them."""
    pictures = normalised(torch.from_numpy(pixels))
    return nn.functional.unfold(pictures, PATCH, stride=PATCH).transpose(1, 2).flatten(0, 1).double()


def _whitening(patches: torch.Tensor, channels: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Weight [channels, c] and bias [channels] that give each of the first principal components the variance 1."""
    mean = patches.mean(dim=0)
    variances, axes = torch.linalg.eigh(torch.cov((patches - mean).T))
    variances, axes = variances[-channels:], axes[:, -channels:]
    # The sign of an axis is arbitrary, and that of the library.
    axes = axes * axes.sum(dim=0).sign()
    weight = (axes / (variances + _FLOOR * variances.mean()).sqrt()).T
    return weight.float(), (-weight @ mean).float()


def _waves() -> torch.Tensor:
    """[GRID * GRID, _PLACE]: sine and cosine of each wavelength in turn, of the column, then of the row."""
    angles = 2 * math.pi * torch.arange(GRID)[:, None] / torch.tensor(_WAVELENGTHS)
    axis = torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)
    shape = (GRID, GRID, _PLACE // 2)
    return torch.cat([axis[None].expand(shape), axis[:, None].expand(shape)], dim=-1).flatten(0, 1)


def _look_around(attention: nn.Module) -> None:
    """Each head's query says the place of one neighbour, and keys say their own."""
    for projection in (attention.q_proj, attention.k_proj):
        projection.weight.mul_(_ELSEWHERE)
    size = attention.head_dim
    for head, offset in enumerate(_NEIGHBOURS):
        rows = slice(head * size, head * size + _PLACE)
        attention.q_proj.weight[rows, :_PLACE] = _SHARPNESS * _shifted(offset)
        attention.k_proj.weight[rows, :_PLACE] = _SHARPNESS * torch.eye(_PLACE)


def _look_for_likeness(attention: nn.Module) -> None:
    """Queries are keys; what is taken over is as loud as an embedding, and in its own channels."""
    similarity, taken = (nn.init.orthogonal_(torch.empty_like(attention.q_proj.weight)) for _ in range(2))
    attention.q_proj.weight.copy_(_LIKENESS * similarity)
    attention.k_proj.weight.copy_(_LIKENESS * similarity)
    attention.v_proj.weight.copy_(taken)
    attention.o_proj.weight.copy_(_EMBEDDING * taken.T)


def _shifted(offset: tuple[int, int]) -> torch.Tensor:
    """[_PLACE, _PLACE] that turns the waves of a place into those of the place so many columns and rows from it."""
    turns = []
    for steps in offset:
        for wavelength in _WAVELENGTHS:
            angle = 2 * math.pi * steps / wavelength
            turns.append(torch.tensor([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]]))
    return torch.block_diag(*turns)
