"""Measures weights of the miniature OWLv2 by the production detector and prints the figures as JSON."""

import argparse
import json
from pathlib import Path

from atelier_models.owlv2.detector import Detector, load
from atelier_models.owlv2.request import DetectionRequest
from atelier_models.settings import Owlv2Settings
from transformers.utils import logging

from ..blockworld import Split
from ..files import WEIGHTS
from ..training.latency import median_ms
from .measure import THRESHOLD, cases, encoded, held_out_cases, measure

# The detector remembers pictures: from this index on there are none that anything else was measured with.
_UNMEASURED = 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser("miniature.owlv2.evaluate", description=__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS / "owlv2")
    parser.add_argument("--split", choices=("validation", "test"), default="test")
    parser.add_argument("--scenes", type=int, default=500)
    given = parser.parse_args()
    logging.disable_progress_bar()
    detector = detector_of(given.weights)
    found = figures(detector, given.split, given.scenes)
    print(json.dumps({**found, "latency_ms": latency_ms(detector, given.split)}, indent=2))


def detector_of(folder: Path) -> Detector:
    """As production loads it, with the settings' defaults, on the CPU."""
    return load(Owlv2Settings(model=str(folder), device="cpu"))


def figures(detector: Detector, split: Split, scenes: int) -> dict:
    """
    usual: of scenes with the usual pairs of colour and shape. held_out: of the held-out pairs, where they
    are: labels never had them; as pixels only where channels were mixed and colours not learned.
    """
    return {
        "split": split,
        "scenes": scenes,
        "threshold": THRESHOLD,
        "usual": measure(detector, cases(split, scenes)),
        "held_out": measure(detector, held_out_cases(split, scenes)),
    }


def latency_ms(detector: Detector, split: Split, requests: int = 30) -> float:
    """Of one request with one phrase about a picture that is new to the detector, the median."""
    new = cases(split, requests, first=_UNMEASURED)
    asked = [DetectionRequest(encoded(case.pixels), (case.phrases[0].text,), THRESHOLD) for case in new]
    detector.warm_up()
    return median_ms(lambda request: detector.detect([request]), asked)


if __name__ == "__main__":
    main()
