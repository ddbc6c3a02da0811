"""Measures weights of the miniature CLIP by the production embedder and prints the figures as JSON."""

import argparse
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import numpy
from atelier_models.clip.embedder import Embedder
from atelier_models.clip.load import load
from atelier_models.clip.request import Request
from atelier_models.pictures import encode_png
from atelier_models.settings import ClipSettings
from transformers.utils import logging

from ..blockworld import Scene, Split, describe, random_scene, render
from ..files import WEIGHTS
from ..training.latency import median_ms

GALLERY = 50


def main() -> None:
    parser = argparse.ArgumentParser("miniature.clip.evaluate", description=__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS / "clip")
    parser.add_argument("--split", choices=("validation", "test"), default="test")
    parser.add_argument("--galleries", type=int, default=10)
    given = parser.parse_args()
    logging.disable_progress_bar()
    embedder = embedder_of(given.weights)
    # First: the embedder keeps the vectors of pictures that it has seen.
    latency = latency_ms(embedder, given.split)
    found = figures(embedder, given.split, given.galleries)
    print(json.dumps({**found, "latency_ms": latency}, indent=2))


def embedder_of(folder: Path) -> Embedder:
    """As production loads it, with the settings' defaults, on the CPU."""
    return load(ClipSettings(model=str(folder), device="cpu"))


def figures(embedder: Embedder, split: Split, galleries: int) -> dict:
    """usual: of scenes with the usual pairs of colour and shape. held_out: of scenes with one that no training saw."""
    return {
        "split": split,
        "galleries": galleries,
        "scenes_of_a_gallery": GALLERY,
        "usual": measure(embedder, split, galleries),
        "held_out": measure(embedder, split, galleries, held_out=True),
    }


def measure(embedder: Embedder, split: Split, galleries: int, held_out: bool = False) -> dict[str, float]:
    """
    recall_at_one: of the descriptions, the share whose own picture is the nearest of a gallery of 50 scenes of distinct
    descriptions; the mean of the galleries. least: of the worst gallery. images_to_texts: the other way round.
    """
    scenes = _distinct(split, held_out)
    forwards, backwards = [], []
    for _ in range(galleries):
        gallery = list(itertools.islice(scenes, GALLERY))
        pictures = tuple(encode_png(render(scene).pixels) for scene in gallery)
        images, texts = embedder.embed([Request(images=pictures), Request(texts=tuple(map(describe, gallery)))])
        for vectors in (images, texts):
            if isinstance(vectors, Exception):
                raise vectors
        likeness = texts @ images.T
        forwards.append((likeness.argmax(axis=1) == numpy.arange(GALLERY)).mean())
        backwards.append((likeness.argmax(axis=0) == numpy.arange(GALLERY)).mean())
    return {
        "recall_at_one": float(numpy.mean(forwards)),
        "least": float(numpy.min(forwards)),
        "images_to_texts": float(numpy.mean(backwards)),
    }


def latency_ms(embedder: Embedder, split: Split, requests: int = 30) -> float:
    """Of one picture that is new to the embedder, the median."""
    pictures = [render(random_scene(split, index)).pixels for index in range(requests)]
    embedder.warm_up()
    return median_ms(
        lambda request: embedder.embed([request]), [Request(images=(encode_png(pixels),)) for pixels in pictures]
    )


def _distinct(split: Split, held_out: bool) -> Iterator[Scene]:
    """Scenes of a split in their order, each description once."""
    known: set[str] = set()
    for index in itertools.count():
        scene = random_scene(split, index, held_out)
        if describe(scene) not in known:
            known.add(describe(scene))
            yield scene


if __name__ == "__main__":
    main()
