"""Measures weights of the miniature SAM by the production segmenter and prints the figures as JSON."""

import argparse
import hashlib
import io
import json
from pathlib import Path

import numpy
from atelier_models.pictures import encode_png
from atelier_models.sam.prompts import ON_THE_THING, Prompt
from atelier_models.sam.request import SegmentRequest
from atelier_models.sam.segmenter import Segmenter, load
from atelier_models.settings import SamSettings
from PIL import Image
from transformers.utils import logging

from ..blockworld import Split, point_on, random_scene, render
from ..files import WEIGHTS
from ..training.latency import median_ms
from .model import SIDE

_NO_POINTS = (numpy.zeros((0, 2), dtype=numpy.float32), numpy.zeros(0, dtype=numpy.int64))


def main() -> None:
    parser = argparse.ArgumentParser("miniature.sam.evaluate", description=__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS / "sam")
    parser.add_argument("--split", choices=("validation", "test"), default="test")
    parser.add_argument("--scenes", type=int, default=300)
    given = parser.parse_args()
    logging.disable_progress_bar()
    segmenter = segmenter_of(given.weights)
    found = figures(segmenter, given.split, given.scenes)
    print(json.dumps({**found, "latency_ms": latency_ms(segmenter)}, indent=2))


def segmenter_of(folder: Path) -> Segmenter:
    """As production loads it, with the settings' defaults, on the CPU."""
    return load(SamSettings(model=str(folder), device="cpu"))


def figures(segmenter: Segmenter, split: Split, scenes: int) -> dict:
    """usual: of scenes with the usual pairs of colour and shape. held_out: of scenes with one that no training saw."""
    return {
        "split": split,
        "scenes": scenes,
        "usual": measure(segmenter, split, scenes),
        "held_out": measure(segmenter, split, scenes, held_out=True),
    }


def measure(segmenter: Segmenter, split: Split, scenes: int, held_out: bool = False) -> dict[str, float]:
    """
    Over all things: box_iou from the true box and point_iou from one point (means), the shares of both above 0.8, and
    the mean error of the model's own estimates of them.
    """
    boxes, points, errors = [], [], []
    for index in range(scenes):
        scene = random_scene(split, index, held_out)
        picture = render(scene)
        generator = numpy.random.default_rng([scene.seed, index])
        prompts = [Prompt(*_NO_POINTS, box) for box in picture.boxes]
        prompts += [_pointed(mask, generator) for mask in picture.masks]
        found = segmenter.run([_request(picture.pixels, prompts)])[0]
        if isinstance(found, Exception):
            raise found
        things = len(picture.masks)
        overlaps = [_iou(_mask(png), picture.masks[place % things]) for place, png in enumerate(found.masks)]
        boxes += overlaps[:things]
        points += overlaps[things:]
        errors += numpy.abs(found.scores - overlaps).tolist()
    return {
        "box_iou": float(numpy.mean(boxes)),
        "point_iou": float(numpy.mean(points)),
        "box_above_80": float(numpy.mean(numpy.array(boxes) > 0.8)),
        "point_above_80": float(numpy.mean(numpy.array(points) > 0.8)),
        "estimate_error": float(numpy.mean(errors)),
        "things": len(boxes),
    }


def latency_ms(segmenter: Segmenter, requests: int = 30) -> float:
    """Of one request with one box in a picture that is new to the segmenter, the median."""
    box = Prompt(*_NO_POINTS, numpy.array([40, 40, 80, 80], dtype=numpy.float32))
    noise = numpy.random.default_rng(0).integers(0, 256, (requests, SIDE, SIDE, 3), dtype=numpy.uint8)
    segmenter.warm_up()
    return median_ms(lambda request: segmenter.run([request]), [_request(pixels, [box]) for pixels in noise])


def _request(pixels: numpy.ndarray, prompts: list[Prompt]) -> SegmentRequest:
    data = encode_png(pixels)
    return SegmentRequest(hashlib.sha256(data).hexdigest(), data, prompts)


def _pointed(mask: numpy.ndarray, generator: numpy.random.Generator) -> Prompt:
    spot = numpy.array([point_on(mask, generator)], dtype=numpy.float32)
    return Prompt(spot, numpy.array([ON_THE_THING]), None)


def _mask(png: bytes) -> numpy.ndarray:
    return numpy.asarray(Image.open(io.BytesIO(png))) > 127


def _iou(one: numpy.ndarray, other: numpy.ndarray) -> float:
    return float((one & other).sum() / (one | other).sum())


if __name__ == "__main__":
    main()
