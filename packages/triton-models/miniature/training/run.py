"""One training: its arguments, what it has reached, and how it goes on after it was stopped."""

import argparse
import json
import os
import random
import signal
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy
import torch
from tqdm import tqdm

from .curves import draw_curves
from .folders import cache_folder

_CHECKPOINT, _METRICS, _CURVES = "checkpoint.pt", "metrics.jsonl", "curves.png"
# A stranger would be read by `torch.load(weights_only=True)` only if it is made of these.
_ARGUMENTS = ("seed", "steps")


class Run:
    """
    folder: of the checkpoint, metrics.jsonl (one object for each `log`) and curves.png.
    finished: whether all steps are done.
    minutes_spent, processor_minutes: on the clock, and of the processor's cores together, over all parts.
    """

    def __init__(self, name: str, steps: int, seed: int, device: str, folder: Path, minutes: float, every: float):
        """minutes: after so many it stops, to be continued by the same call. every: minutes between checkpoints."""
        self.name, self.steps, self.seed, self.device, self.folder = name, steps, seed, device, folder
        self.finished = False
        self.minutes_spent = self.processor_minutes = 0.0
        self._stop_after, self._every = minutes, every
        self._stopped = False
        self._began = time.monotonic()
        self._spent_before = self._processor_before = 0.0
        self._bar: tqdm | None = None
        folder.mkdir(parents=True, exist_ok=True)

    @staticmethod
    def from_command_line(
        name: str, steps: int, description: str | None = None, parser: argparse.ArgumentParser | None = None
    ) -> "Run":
        """steps: the default. parser: with further arguments; they are read by the caller's own `parse_known_args`."""
        parser = parser or argparse.ArgumentParser(f"miniature.{name}.train", description=description)
        parser.add_argument("--steps", type=int, default=steps, help=f"optimiser steps in all (default: {steps})")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--threads", type=int, default=1, help="processor threads (default: 1)")
        parser.add_argument("--minutes", type=float, default=1e9, help="stop after so many; the same command goes on")
        parser.add_argument("--every", type=float, default=2, help="minutes between checkpoints (default: 2)")
        parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
        parser.add_argument("--out", type=Path, default=cache_folder() / name, help="folder of checkpoint and metrics")
        parser.add_argument("--fresh", action="store_true", help="forget an earlier checkpoint")
        given, _ = parser.parse_known_args()
        torch.set_num_threads(given.threads)
        if given.fresh:
            for file in (_CHECKPOINT, _METRICS):
                (given.out / file).unlink(missing_ok=True)
        run = Run(name, given.steps, given.seed, given.device, given.out, given.minutes, given.every)
        run.seed_everything()
        return run

    def seed_everything(self) -> None:
        """Initial weights are then the same for the same seed."""
        random.seed(self.seed)
        numpy.random.seed(self.seed)
        torch.manual_seed(self.seed)

    def generator(self, step: int) -> numpy.random.Generator:
        """Of (seed, step) alone: what a step sees does not depend on where the training was interrupted."""
        return numpy.random.default_rng([self.seed, step])

    def loop(self, state: Mapping[str, Any]) -> Iterator[int]:
        """
        The steps that are left, after loading the checkpoint into `state` (whatever has `state_dict` and
        `load_state_dict`). Before each step torch is seeded by it. Checkpoints are written while it runs and at its
        end, whole or not at all; SIGTERM and SIGINT end it after the step that runs.
        """
        first = self._resume(state)
        self.finished = first >= self.steps
        handlers = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        self._began = saved = time.monotonic()
        processor_began = time.process_time()
        step = first
        try:
            with tqdm(total=self.steps, initial=first, desc=self.name, mininterval=5) as self._bar:
                while step < self.steps and not self._stopped:
                    torch.manual_seed(self.seed * 1_000_003 + step)
                    yield step
                    step += 1
                    self._bar.update()
                    now = time.monotonic()
                    self.minutes_spent = self._spent_before + (now - self._began) / 60
                    self.processor_minutes = self._processor_before + (time.process_time() - processor_began) / 60
                    self._stopped = self._stopped or now - self._began > 60 * self._stop_after
                    if now - saved > 60 * self._every:
                        self._save(state, step)
                        saved = now
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
        self._save(state, step)
        self.finished = step >= self.steps

    def log(self, step: int, **values: float | torch.Tensor) -> None:
        """Numbers of a step, into the metrics file and the progress bar."""
        numbers = {
            key: value.item() if isinstance(value, torch.Tensor) else float(value) for key, value in values.items()
        }
        line = {"step": step, "minutes": round(self.minutes_spent, 3), **numbers}
        with open(self.folder / _METRICS, "a") as file:
            file.write(json.dumps(line) + "\n")
        if self._bar is not None:
            self._bar.set_postfix({key: f"{value:.4g}" for key, value in numbers.items()})

    def _stop(self, *_: object) -> None:
        self._stopped = True

    def _resume(self, state: Mapping[str, Any]) -> int:
        path = self.folder / _CHECKPOINT
        if not path.is_file():
            (self.folder / _METRICS).unlink(missing_ok=True)
            return 0
        kept = torch.load(path, map_location=self.device, weights_only=True)
        here = {name: getattr(self, name) for name in _ARGUMENTS}
        if kept["arguments"] != here:
            raise SystemExit(
                f"{path} is of a training with {kept['arguments']}, not {here}; continue it with those, or --fresh."
            )
        for name, part in state.items():
            part.load_state_dict(kept["state"][name])
        self._spent_before = self.minutes_spent = kept["minutes"]
        self._processor_before = self.processor_minutes = kept.get("processor_minutes", kept["minutes"])
        self._forget_after(kept["step"])
        return kept["step"]

    def _forget_after(self, step: int) -> None:
        """What was logged after the checkpoint comes again."""
        path = self.folder / _METRICS
        lines = path.read_text().splitlines() if path.is_file() else []
        kept = [line for line in lines if json.loads(line)["step"] < step]
        path.write_text("".join(f"{line}\n" for line in kept))

    def _save(self, state: Mapping[str, Any], step: int) -> None:
        content = {
            "step": step,
            "minutes": self.minutes_spent,
            "processor_minutes": self.processor_minutes,
            "arguments": {name: getattr(self, name) for name in _ARGUMENTS},
            "state": {name: part.state_dict() for name, part in state.items()},
        }
        path = self.folder / _CHECKPOINT
        making = path.with_suffix(".making")
        torch.save(content, making)
        os.replace(making, path)
        draw_curves(self.folder / _METRICS, self.folder / _CURVES)
