"""Where published weights come from."""

import platform
from importlib import metadata
from pathlib import Path
from typing import Any

import torch

from .run import Run

_LIBRARIES = ("torch", "transformers", "diffusers")


def origin(run: Run) -> dict[str, Any]:
    """
    minutes: on the clock, whatever else ran beside the training; processor_minutes: of its threads together. commit,
    versions and processor are those of the last sitting, which measured and published; earlier ones may differ.
    """
    return {
        "command": run.command,
        "seed": run.seed,
        "steps": run.steps,
        **({} if run.finished else {"steps_done": run.steps_done}),
        "minutes": round(run.minutes_spent, 1),
        "processor_minutes": round(run.processor_minutes, 1),
        "commit": run.commit,
        "versions": {name: metadata.version(name) for name in _LIBRARIES},
        "processor": _processor(run.device),
    }


def _processor(device: str) -> str:
    if device.startswith("cuda"):
        return torch.cuda.get_device_name(device)
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
