"""Batches of pictures with what is to be found in them."""

from dataclasses import dataclass

import numpy
import torch
from transformers.image_utils import OPENAI_CLIP_MEAN, OPENAI_CLIP_STD

from .assignment import assign
from .model import SIDE
from .queries import Queries, sample_queries
from .truth import Truth, mirrored

# Part of the pictures, of which shapes and sizes are learned and colours are not: otherwise the colour of a thing would
# be taken for a sign of its shape, since not every pair is seen.
RECOLOURED = 0.25


@dataclass(frozen=True)
class Batch:
    """
    Of each picture k patches are seen, all 256 or fewer; a slot is a place among them.

    pixels: [n, 3, 128, 128] float32, normalised as production does.
    patches: [n, k] int64, ascending; patches are numbered row by row.
    attributes: [n, 6, 3] int64 of the things, -1 where there is none.
    boxes: [n, 6, 4] float32 (centre x, centre y, width, height), parts of the square.
    centres: [n, 6] int64, the slot that is to find the thing, -1 where there is none.
    owners: [n, k] int64, the thing that a patch is a part or the centre of, -1 on the ground.
    weights: [n, k] float32, 0..1: how much it matters that a patch that is no centre finds nothing.
    recoloured: [n] bool, whether colours are not those that the attributes say.
    """

    pixels: torch.Tensor
    patches: torch.Tensor
    attributes: torch.Tensor
    boxes: torch.Tensor
    centres: torch.Tensor
    owners: torch.Tensor
    weights: torch.Tensor
    recoloured: torch.Tensor
    queries: Queries


def sample_batch(scenes, truth: Truth, size: int, seen: int, phrases: int, generator: numpy.random.Generator) -> Batch:
    """`size` scenes of `TrainingScenes`, half of them mirrored. seen: patches of each."""
    indices = numpy.sort(generator.choice(len(scenes), size, replace=False))
    pixels, attributes = scenes.pixels[indices], truth.attributes[indices]
    boxes, cover = truth.boxes[indices], truth.cover[indices]
    for place in numpy.flatnonzero(generator.random(size) < 0.5):
        width = truth.widths[indices[place]]
        pixels[place, :, :width] = pixels[place, :, :width][:, ::-1].copy()
        boxes[place], cover[place] = mirrored(truth, indices[place])
    recoloured = generator.random(size) < RECOLOURED
    for place in numpy.flatnonzero(recoloured):
        pixels[place] = with_mixed_channels(pixels[place], generator)
    there = attributes[..., 0] >= 0
    centres, owners, weights = assign(boxes, there, cover)
    patches = _seen(centres, owners, seen, generator)
    sides = numpy.concatenate([(boxes[..., :2] + boxes[..., 2:]) / 2, boxes[..., 2:] - boxes[..., :2]], axis=-1) / SIDE
    slots = (patches[:, None] < centres[..., None]).sum(-1)
    return Batch(
        normalised(pixels),
        torch.from_numpy(patches),
        torch.from_numpy(attributes),
        torch.from_numpy(sides.astype(numpy.float32)),
        torch.from_numpy(numpy.where(there, slots, -1)),
        torch.from_numpy(numpy.take_along_axis(owners, patches, 1)),
        torch.from_numpy(numpy.take_along_axis(weights, patches, 1)),
        torch.from_numpy(recoloured),
        sample_queries(attributes[there], phrases, generator),
    )


def with_mixed_channels(pixels: numpy.ndarray, generator: numpy.random.Generator) -> numpy.ndarray:
    """[h, w, 3] uint8: each channel a random mean of all three; what is grey stays as it is."""
    shares = generator.dirichlet([0.5, 0.5, 0.5], size=3)
    return (pixels @ shares.T + 0.5).astype(numpy.uint8)


def _seen(
    centres: numpy.ndarray, owners: numpy.ndarray, count: int, generator: numpy.random.Generator
) -> numpy.ndarray:
    """[n, count], ascending: first the centres of things, then patches of things, then any others."""
    order = generator.random(owners.shape) - (owners >= 0)
    pictures, things = numpy.nonzero(centres >= 0)
    order[pictures, centres[pictures, things]] = -2
    return numpy.sort(order.argsort(axis=1)[:, :count], axis=1)


def normalised(pixels: numpy.ndarray) -> torch.Tensor:
    """[n, 128, 128, 3] uint8, black beside the pictures -> [n, 3, 128, 128]."""
    values = (torch.from_numpy(pixels) / 255 - torch.tensor(OPENAI_CLIP_MEAN)) / torch.tensor(OPENAI_CLIP_STD)
    return values.permute(0, 3, 1, 2).contiguous()
