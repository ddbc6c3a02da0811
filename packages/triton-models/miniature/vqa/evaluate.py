"""Measures weights of the miniature LLaVA-OneVision by the production answerer and prints the figures as JSON."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy
from atelier_models.settings import VqaSettings
from atelier_models.vqa.answerer import Answerer
from atelier_models.vqa.load import load
from atelier_models.vqa.messages import Message
from atelier_models.vqa.request import VqaRequest
from PIL import Image
from transformers.utils import logging

from ..blockworld import Split, questions_of, random_scene, render
from ..files import WEIGHTS
from ..training.latency import median_ms
from .crops import crop_questions, crop_window
from .prompts import INSTRUCTIONS

_MOST_TOKENS = 24
_QUESTIONS, _CROP_QUESTIONS = 14, 2
_CROP_SIDES = (52, 92)


def main() -> None:
    parser = argparse.ArgumentParser("python -m miniature.vqa.evaluate", description=__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS / "vqa")
    parser.add_argument("--split", choices=("validation", "test"), default="test")
    parser.add_argument("--scenes", type=int, default=150)
    given = parser.parse_args()
    logging.disable_progress_bar()
    answerer = answerer_of(given.weights)
    found = figures(answerer, given.split, given.scenes)
    print(json.dumps({**found, "first_token_ms": first_token_ms(answerer, given.split)}, indent=2))


def answerer_of(folder: Path) -> Answerer:
    """As production loads it, with the settings' defaults, on the CPU."""
    return load(VqaSettings(model=str(folder), device="cpu"))


def figures(answerer: Answerer, split: Split, scenes: int) -> dict:
    """
    Shares of answers that are the right one letter for letter; `kinds` of each kind of question. held_out: of scenes
    with pairs of colour and shape that no training saw. crops: of what is asked after an edit, about the part of the
    picture that changed.
    """
    usual, held_out = (_measure(answerer, split, scenes, unusual) for unusual in (False, True))
    return {
        "split": split,
        "scenes": scenes,
        "usual": usual,
        "held_out": held_out,
        "crops": _crops(answerer, split, scenes),
    }


def ask(answerer: Answerer, pixels: numpy.ndarray, question: str) -> str:
    """The answer to a question as the SDK puts it. pixels: [h, w, 3] uint8."""
    *pieces, _ = answerer.answer(_request(pixels, question))
    return "".join(pieces).strip()


def _request(pixels: numpy.ndarray, question: str) -> VqaRequest:
    messages = (Message("system", (INSTRUCTIONS,)), Message("user", (0, question)))
    return VqaRequest(messages, (Image.fromarray(pixels),), _MOST_TOKENS, 0.0, 0)


def _measure(answerer: Answerer, split: Split, scenes: int, held_out: bool) -> dict:
    right: dict[str, list[bool]] = {}
    for index in range(scenes):
        scene = random_scene(split, index, held_out)
        picture = render(scene)
        for question in questions_of(scene, picture, _generator(index), _QUESTIONS):
            right.setdefault(question.kind, []).append(ask(answerer, picture.pixels, question.text) == question.answer)
    every = [one for found in right.values() for one in found]
    kinds = {kind: round(float(numpy.mean(found)), 4) for kind, found in sorted(right.items())}
    return {"exact": round(float(numpy.mean(every)), 4), "questions": len(every), "kinds": kinds}


def _crops(answerer: Answerer, split: Split, scenes: int) -> dict:
    right: dict[str, list[bool]] = {}
    for index in range(scenes):
        scene, generator = random_scene(split, index), _generator(index)
        picture, crop = render(scene), tuple(generator.integers(*_CROP_SIDES, size=2).tolist())
        rows, columns = crop_window(picture.boxes, (scene.width, scene.height), crop, generator)
        shares = picture.masks[:, rows, columns].sum(axis=(1, 2)) / picture.masks.sum(axis=(1, 2))
        for question in crop_questions(scene, shares, generator, _CROP_QUESTIONS):
            answer = ask(answerer, picture.pixels[rows, columns], question.text)
            right.setdefault(question.kind, []).append(answer == question.answer)
    return {kind: round(float(numpy.mean(found)), 4) for kind, found in sorted(right.items())}


def first_token_ms(answerer: Answerer, split: Split, requests: int = 30) -> float:
    """Of a picture that is new to the model, the median."""

    def begin(request: VqaRequest) -> Iterator[object]:
        pieces = answerer.answer(request)
        next(pieces)
        return pieces

    answerer.warm_up()
    pictures = [render(random_scene(split, index)).pixels for index in range(requests)]
    return median_ms(begin, [_request(pixels, "What colour is the ball?") for pixels in pictures])


def _generator(index: int) -> numpy.random.Generator:
    return numpy.random.default_rng([7, index])


if __name__ == "__main__":
    main()
