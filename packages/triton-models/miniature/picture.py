"""`python -m miniature.picture --out FILE`: scenes of the validation split side by side, for manuals."""

import argparse
from pathlib import Path

import numpy
from PIL import Image

from .blockworld import random_scene, render

_SCENES = (1, 4, 7, 11)
_TIMES = 2
_GAP = 8


def strip(scenes: tuple[int, ...]) -> Image.Image:
    """Their pictures, each of their pixels `_TIMES` wide and high, on white."""
    pictures = [render(random_scene("validation", index)).pixels for index in scenes]
    large = [pixels.repeat(_TIMES, axis=0).repeat(_TIMES, axis=1) for pixels in pictures]
    height = max(len(pixels) for pixels in large)
    width = sum(pixels.shape[1] for pixels in large) + _GAP * (len(large) - 1)
    canvas = numpy.full((height, width, 3), 255, dtype=numpy.uint8)
    left = 0
    for pixels in large:
        top = (height - len(pixels)) // 2
        canvas[top : top + len(pixels), left : left + pixels.shape[1]] = pixels
        left += pixels.shape[1] + _GAP
    return Image.fromarray(canvas)


def main() -> None:
    parser = argparse.ArgumentParser("miniature.picture", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    strip(_SCENES).save(parser.parse_args().out, optimize=True)


if __name__ == "__main__":
    main()
