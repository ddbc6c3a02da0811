"""Where published weights come from."""

import platform
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any

import torch

from .run import Run

_MINIATURE = Path(__file__).resolve().parents[1]
_LIBRARIES = ("torch", "transformers", "diffusers")


def origin(run: Run) -> dict[str, Any]:
    """
    minutes: on the clock, whatever else ran beside the training; processor_minutes: of its threads together. commit,
    versions and processor are those that measured and published; a training goes on over many of them.
    """
    return {
        "command": run.command,
        "seed": run.seed,
        "steps": run.steps,
        **({} if run.finished else {"steps_done": run.steps_done}),
        "minutes": round(run.minutes_spent, 1),
        "processor_minutes": round(run.processor_minutes, 1),
        "commit": commit_of(_MINIATURE),
        "versions": {name: metadata.version(name) for name in _LIBRARIES},
        "processor": _processor(run.device),
    }


def commit_of(folder: Path) -> str | None:
    """Of a folder's Python files, with "-dirty" where they are not as committed. None where git does not have them."""
    tracked = _git(folder, "ls-files", "--", "*.py")
    commit = _git(folder, "rev-parse", "HEAD")
    if not tracked or not commit:
        return None
    return f"{commit}-dirty" if _git(folder, "status", "--porcelain", "--", "*.py") else commit


def _git(folder: Path, *words: str) -> str | None:
    try:
        said = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.stdout.strip()


def _processor(device: str) -> str:
    if device.startswith("cuda"):
        return torch.cuda.get_device_name(device)
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
