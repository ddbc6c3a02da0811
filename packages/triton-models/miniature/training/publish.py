"""Weights that a training made become those of the repository."""

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

WEIGHTS = Path(__file__).resolve().parents[1] / "weights"
_METRICS = "metrics.json"


def publish(folder: Path, name: str, metrics: dict[str, Any], command: str, into: Path = WEIGHTS) -> Path:
    """
    Copies what `save_pretrained` wrote to `into`/`name`, together with metrics.json (how the weights were made, and
    what they reach). The earlier weights stay until the new ones are whole; files written by hand (README.md) stay.
    """
    place = into / name
    into.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=into, prefix=f".{name}-"))
    try:
        shutil.copytree(folder, making, dirs_exist_ok=True)
        (making / _METRICS).write_text(json.dumps({"command": command, **metrics}, indent=2) + "\n")
        for kept in ("README.md", "curves.png"):
            if (place / kept).is_file() and not (making / kept).exists():
                shutil.copy2(place / kept, making / kept)
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
