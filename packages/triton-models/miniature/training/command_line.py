"""What the command lines of all trainings have in common."""

import argparse
import shutil
from collections.abc import Iterable
from pathlib import Path

import torch

from .folders import cache_folder

# They say how to train, and not what comes out.
_INCIDENTAL = ("threads", "minutes", "every", "device", "out", "fresh")


def parsed(name: str, steps: int, parser: argparse.ArgumentParser) -> argparse.Namespace:
    """steps: the default. parser: with what the training has of its own. Anything else is an error."""
    parser.add_argument("--steps", type=int, default=steps, help=f"optimiser steps in all (default: {steps})")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1, help="processor threads (default: 1)")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so many; the same command goes on")
    parser.add_argument("--every", type=float, default=2, help="minutes between checkpoints (default: 2)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--out", type=Path, default=cache_folder() / name, help="folder of checkpoint and metrics")
    parser.add_argument("--fresh", action="store_true", help="forget what an earlier call reached")
    return parser.parse_args()


def command_of(name: str, given: argparse.Namespace) -> str:
    """The command whose result does not change when defaults do."""
    words = [f"python -m miniature.{name}.train"]
    for option, value in vars(given).items():
        if option not in _INCIDENTAL and value is not False:
            words.append(f"--{option}" if value is True else f"--{option} {value}")
    return " ".join(words)


def forget(folder: Path, names: Iterable[str]) -> None:
    """Deletes files and folders where they are there."""
    for name in names:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
