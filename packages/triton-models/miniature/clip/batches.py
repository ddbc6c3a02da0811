"""Batches of pictures with their descriptions."""

from dataclasses import dataclass

import numpy
import torch
from atelier_models.clip.prepare import FixedSize
from PIL import Image

from .texts import description_of
from .truth import CONTENTS, contents_of, patches_of


@dataclass(frozen=True)
class Batch:
    """
    pixels: [n, 3, 128, 128] float32, prepared as production does. patches: [n, 64, 3] int64, classes of shape, colour
    and size. contents: [n, CONTENTS] float32, what there is in the pictures.
    """

    pixels: torch.Tensor
    texts: list[str]
    patches: torch.Tensor
    contents: torch.Tensor


def sample_batch(scenes, prepare: FixedSize, size: int, generator: numpy.random.Generator) -> Batch:
    """`size` scenes of `TrainingScenes`, half of them mirrored."""
    pixels, texts, patches, contents = [], [], [], numpy.zeros((size, CONTENTS), dtype=numpy.float32)
    for place, index in enumerate(numpy.sort(generator.choice(len(scenes), size, replace=False))):
        scene, mirrored = scenes[index], bool(generator.random() < 0.5)
        picture = scenes.pixels[index, : scene.height, : scene.width]
        classes = patches_of(scene, scenes.masks(index)).reshape(8, 8, 3)
        pixels.append(prepare.shrink(Image.fromarray(picture[:, ::-1] if mirrored else picture)))
        patches.append((classes[:, ::-1] if mirrored else classes).reshape(-1, 3))
        texts.append(description_of(scene, mirrored, generator))
        contents[place] = contents_of(scene)
    return Batch(
        prepare.collate(pixels)["pixel_values"],
        texts,
        torch.from_numpy(numpy.stack(patches)),
        torch.from_numpy(contents),
    )
