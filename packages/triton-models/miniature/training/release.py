"""From trained weights to those of the repository."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..cards import write_cards
from ..files import CURVES, WEIGHTS
from .curves import draw_curves
from .origin import origin
from .publish import publish
from .run import METRICS, Run


def release_weights(run: Run, folder: Path, schedule: Mapping[str, Any], figures: Mapping[str, Any]) -> Path:
    """
    The folder of the published weights.

    folder: what `save_pretrained` wrote. schedule: what the training goes by, as its code has it. figures: of the
    weights, measured on validation scenes: test scenes are for figures.json alone.
    """
    draw_curves(run.folder / METRICS, folder / CURVES)
    place = publish(folder, run.name, {**origin(run), "schedule": schedule, **figures}, WEIGHTS)
    write_cards()
    print(f"The weights are in {place}.")
    return place
