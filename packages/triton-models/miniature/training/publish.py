"""Weights that a training made become those of the repository."""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..files import CARD, METRICS


def publish(folder: Path, name: str, metrics: Mapping[str, Any], into: Path) -> Path:
    """
    Copies what `save_pretrained` wrote to `into`/`name`, together with metrics.json: how the weights were made. The
    earlier weights stay until the new ones are whole; their card stays, until it is written anew.
    """
    place = into / name
    into.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=into, prefix=f".{name}-"))
    try:
        shutil.copytree(folder, making, dirs_exist_ok=True)
        (making / METRICS).write_text(json.dumps(metrics, indent=2) + "\n")
        if (place / CARD).is_file():
            shutil.copy2(place / CARD, making / CARD)
        for path in (making, *making.rglob("*")):
            # safetensors are written for their owner alone.
            path.chmod(0o755 if path.is_dir() else 0o644)
        old = making.with_name(f"{making.name}-old")
        if place.exists():
            os.replace(place, old)
        os.replace(making, place)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return place
