"""What a detector finds in scenes of which everything is known."""

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy
from atelier_models.owlv2.detector import Detector
from atelier_models.owlv2.request import DetectionRequest, Detections
from PIL import Image

from ..blockworld import HELD_OUT, Phrase, Query, Scene, Split, phrases_of, random_scene, render
from .average_precision import Tally

# The SDK's own.
THRESHOLD = 0.2
_PHRASES = 12
_LEAST_IOU = 0.5


class Case(NamedTuple):
    """phrases: each is asked for alone. boxes: [things, 4] xyxy in pixels."""

    scene: Scene
    pixels: numpy.ndarray
    boxes: numpy.ndarray
    phrases: tuple[Phrase, ...]


def cases(split: Split, count: int, first: int = 0) -> Iterator[Case]:
    """The scenes of a split from the index `first` on, each with 12 phrases, about half of which fit something."""
    for index in range(first, first + count):
        scene = random_scene(split, index)
        picture = render(scene)
        generator = numpy.random.default_rng([index, 1])
        yield Case(scene, picture.pixels, picture.boxes, phrases_of(scene, generator, _PHRASES))


def held_out_cases(split: Split, count: int) -> Iterator[Case]:
    """Scenes with held-out pairs of colour and shape; each such pair that is there is asked for."""
    for index in range(count):
        scene = random_scene(split, index, held_out=True)
        picture = render(scene)
        pairs = sorted({thing.pair for thing in scene.things} & HELD_OUT)
        queries = [Query(shape, colour) for colour, shape in pairs]
        phrases = tuple(Phrase(query.text(), query.things(scene), query) for query in queries)
        yield Case(scene, picture.pixels, picture.boxes, phrases)


def measure(detector: Detector, scenes: Iterable[Case], threshold: float = THRESHOLD) -> dict[str, float]:
    """
    map50: average precision at IoU 0.5, averaged over the classes of phrases (what they mean, whatever their form), of
    all pictures that have something that the phrase fits. precision, recall: of the same detections, all classes
    together. false_positive_rate: of the phrases that fit nothing, how many found something.
    """
    tallies: dict[Query, Tally] = defaultdict(Tally)
    absent, wrong = 0, 0
    for case in scenes:
        for phrase, found in zip(case.phrases, _detect(detector, case, threshold), strict=True):
            if phrase.things:
                truth = case.boxes[list(phrase.things)]
                tallies[phrase.query].add(found.boxes, found.scores, truth, _LEAST_IOU)
            else:
                absent += 1
                wrong += len(found.scores) > 0
    hits = sum(sum(tally.hits) for tally in tallies.values())
    detections = sum(len(tally.hits) for tally in tallies.values())
    return {
        "map50": float(numpy.mean([tally.average_precision() for tally in tallies.values()])),
        "precision": hits / max(1, detections),
        "recall": hits / sum(tally.things for tally in tallies.values()),
        "things": sum(tally.things for tally in tallies.values()),
        "classes": len(tallies),
        **({"false_positive_rate": wrong / absent, "absent": absent} if absent else {}),
    }


def encoded(pixels: numpy.ndarray) -> bytes:
    """A PNG of [height, width, 3] uint8."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=1)
    return file.getvalue()


def _detect(detector: Detector, case: Case, threshold: float) -> list[Detections]:
    picture = encoded(case.pixels)
    found = detector.detect([DetectionRequest(picture, (phrase.text,), threshold) for phrase in case.phrases])
    for result in found:
        if isinstance(result, Exception):
            raise result
    return found
