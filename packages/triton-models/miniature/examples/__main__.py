"""
`python -m miniature.examples --kind paintings --split validation --count 100 --out FOLDER` writes pictures, masks and
expected pictures as PNG, and examples.json: a list with an object for each picture. Its fields are described in the
README.md of @atelier/triton-models, under "In miniature".
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy
from PIL import Image

from .make import KINDS, Example


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("miniature.examples", description=__doc__)
    parser.add_argument("--kind", choices=KINDS, required=True)
    parser.add_argument("--split", choices=("train", "validation", "test"), required=True)
    parser.add_argument("--count", type=_whole, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    listed = [
        _write(example, given.out, number)
        for number, example in zip(range(given.count), _examples(given.kind, given.split), strict=False)
    ]
    (given.out / "examples.json").write_text(json.dumps(listed))


def _whole(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1.")
    return int(text)


def _examples(kind: str, split: Any) -> Iterator[Example]:
    """One after the other; descriptions that were there already are left out, since they name no single picture."""
    seen: set[str] = set()
    for index in count():
        for example in KINDS[kind](split, index):
            description = example.content.get("description")
            if description is None or description not in seen:
                yield example
            seen.add(description)


def _write(example: Example, folder: Path, number: int) -> dict[str, Any]:
    picture = f"{number:05}.png"
    Image.fromarray(example.picture.pixels).save(folder / picture)
    masks = []
    for index, mask in enumerate(() if example.masks is None else example.masks):
        masks.append(f"{number:05}-{index}.png")
        Image.fromarray(mask.astype(numpy.uint8) * 255).save(folder / masks[-1])
    written: dict[str, Any] = {"picture": picture, "masks": masks}
    if example.expected is not None:
        written["expected"] = f"{number:05}-expected.png"
        Image.fromarray(example.expected).save(folder / written["expected"])
    return {**written, **example.content}


if __name__ == "__main__":
    main()
