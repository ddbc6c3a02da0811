"""
Paints edits of validation scenes with the production code, says how often what was asked for is there, and draws sheets
of pictures to look at: before, the hole, after.
"""

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

import diffusers
import numpy
import torch
import transformers
from atelier_models.sd3.families.choose import load_family
from atelier_models.sd3.families.family import Family
from atelier_models.settings import Sd3Settings
from PIL import Image

from ..blockworld import explain
from ..training.folders import cache_folder
from .edits import PaintedEdit, painted_edits

_COLUMNS = 4


@dataclass(frozen=True)
class Outcome:
    """right: nothing for a removal; else shape and colour as asked. seconds: of the painting alone."""

    kind: str
    right: bool
    shape: bool
    colour: bool
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser("miniature.sd3.evaluate", description=__doc__)
    parser.add_argument("--pipeline", type=Path, default=cache_folder() / "sd3" / "pipeline")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--steps", type=int, nargs="+", default=[10, 28])
    parser.add_argument("--guidance", type=float, nargs="+", default=[3, 7])
    parser.add_argument("--split", choices=("validation", "test"), default="validation")
    parser.add_argument("--held-out", action="store_true", help="scenes with pairs that no training had")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=cache_folder() / "sd3" / "evaluation")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    for library in (diffusers, transformers):
        library.utils.logging.set_verbosity_error()
        library.utils.logging.disable_progress_bar()
    given.out.mkdir(parents=True, exist_ok=True)
    family = load_family(given.pipeline, Sd3Settings(device="cpu"))
    edits = painted_edits(given.split, given.count, given.held_out)
    for steps in given.steps:
        for guidance in given.guidance:
            figures = evaluate(family, edits, steps, guidance, given.out / f"steps-{steps}-guidance-{guidance:g}.png")
            print(json.dumps({"steps": steps, "guidance": guidance, **figures}), flush=True)


def evaluate(family: Family, edits: list[PaintedEdit], steps: int, guidance: float, sheet: Path) -> dict[str, float]:
    """Shares of the edits, and seconds a picture."""
    outcomes, pictures = [], []
    for number, edit in enumerate(edits):
        request = edit.request(steps, guidance, seed=number)
        generator = torch.Generator("cpu").manual_seed(number)
        began = time.process_time()
        with torch.inference_mode():
            painted = family.paint(request, generator, lambda *_: {})
        seconds = time.process_time() - began
        after = edit.composite(painted)
        outcomes.append(_outcome(edit, after, seconds))
        pictures.append(_side_by_side(edit, after, outcomes[-1].right))
    _draw(pictures, sheet)
    return _figures(outcomes)


def _outcome(edit: PaintedEdit, after: numpy.ndarray, seconds: float) -> Outcome:
    scene, index, kind = edit.scene, edit.edit.thing, edit.edit.kind
    found = explain(after, scene.without(index), scene.things[index], behind=index)
    if kind == "remove":
        return Outcome(kind, found.nearest is None, True, True, seconds)
    wanted = edit.edit.after.things[index]
    colour, shape = found.nearest or (None, None)
    right = found.clear and found.nearest == wanted.pair
    return Outcome(kind, right, shape == wanted.shape, colour == wanted.colour, seconds)


def _figures(outcomes: list[Outcome]) -> dict[str, float]:
    removed = [outcome for outcome in outcomes if outcome.kind == "remove"]
    replaced = [outcome for outcome in outcomes if outcome.kind == "replace"]
    return {
        "right": _share(outcome.right for outcome in outcomes),
        "removed": _share(outcome.right for outcome in removed),
        "replaced": _share(outcome.right for outcome in replaced),
        "shape": _share(outcome.shape for outcome in replaced),
        "colour": _share(outcome.colour for outcome in replaced),
        "processor_seconds": _share(outcome.seconds for outcome in outcomes),
    }


def _share(values) -> float:
    return round(float(numpy.mean(list(values))), 4)


def _side_by_side(edit: PaintedEdit, after: numpy.ndarray, right: bool) -> Image.Image:
    """Before, with the hole in grey, after; a red bar below what is not right."""
    masked = edit.before.copy()
    masked[edit.hole] = 128
    tile = numpy.full((132, 128 * 3 + 8, 3), 255, dtype=numpy.uint8)
    for column, picture in enumerate((edit.before, masked, after)):
        height, width = picture.shape[:2]
        tile[:height, column * 130 : column * 130 + width] = picture
    if not right:
        tile[129:] = (220, 0, 0)
    return Image.fromarray(tile)


def _draw(tiles: list[Image.Image], path: Path) -> None:
    columns = min(_COLUMNS, len(tiles))
    rows = -(-len(tiles) // columns)
    width, height = tiles[0].size
    sheet = Image.new("RGB", (columns * width, rows * height), "white")
    for number, tile in enumerate(tiles):
        sheet.paste(tile, (number % columns * width, number // columns * height))
    sheet.save(path)


if __name__ == "__main__":
    main()
