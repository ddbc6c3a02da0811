"""One training: its arguments, what it has reached, and how it goes on after it was stopped."""

import argparse
import json
import os
import random
import signal
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy
import torch
from tqdm import tqdm

from .command_line import command_of, forget, parsed
from .commit import commit_of
from .curves import draw_curves

_MINIATURE = Path(__file__).resolve().parents[1]
METRICS = "metrics.jsonl"
_CHECKPOINT, _CURVES = "checkpoint.pt", "curves.png"
# A stranger would be read by `torch.load(weights_only=True)` only if it is made of these.
_ARGUMENTS = ("seed", "steps")


class Run:
    """
    folder: of the checkpoint, metrics.jsonl (one object for each `log`) and curves.png.
    steps_done, finished: how many steps, and whether all.
    minutes_spent, processor_minutes: on the clock, and of the processor's cores together, over all parts.
    given, command: the arguments it was started with, the training's own among them, and the command that leads to the
    same result; empty without a command line. commit: of the code then, if git knows it.
    """

    def __init__(self, name: str, steps: int, seed: int, device: str, folder: Path, minutes: float, every: float):
        """minutes: after so many it stops, to be continued by the same call. every: minutes between checkpoints."""
        self.name, self.steps, self.seed, self.device, self.folder = name, steps, seed, device, folder
        self.steps_done, self.finished = 0, False
        self.minutes_spent = self.processor_minutes = 0.0
        self.given, self.command, self.commit = argparse.Namespace(), "", None
        self._ends, self._every = time.monotonic() + 60 * minutes, every
        self._stopped = False
        self._spent_before = self._processor_before = 0.0
        self._bar: tqdm | None = None
        folder.mkdir(parents=True, exist_ok=True)

    @staticmethod
    def from_command_line(
        name: str,
        steps: int,
        description: str | None = None,
        parser: argparse.ArgumentParser | None = None,
        keeps: Iterable[str] = (),
    ) -> "Run":
        """
        steps: the default. parser: with further arguments, which are then among `given`. keeps: files and folders
        beside its own from which the training goes on.
        """
        parser = parser or argparse.ArgumentParser(f"python -m miniature.{name}.train", description=description)
        given = parsed(name, steps, parser)
        torch.set_num_threads(given.threads)
        if given.fresh:
            forget(given.out, (_CHECKPOINT, METRICS, _CURVES, *keeps))
        run = Run(name, given.steps, given.seed, given.device, given.out, given.minutes, given.every)
        # At once: hours later other code may lie there.
        run.given, run.command, run.commit = given, command_of(name, given), commit_of(_MINIATURE)
        run.seed_everything()
        return run

    def stage(self, name: str, steps: int) -> "Run":
        """A training that comes before this one, kept in a folder within its own, with the same time for both."""
        folder = self.folder / f"{name}-training"
        stage = Run(f"{self.name}-{name}", steps, self.seed, self.device, folder, 0, self._every)
        stage._ends = self._ends
        return stage

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
        handlers = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        began = saved = time.monotonic()
        processor_began = time.process_time()
        try:
            with tqdm(total=self.steps, initial=first, desc=self.name, mininterval=5) as self._bar:
                while self.steps_done < self.steps and not self._stopped:
                    torch.manual_seed(self.seed * 1_000_003 + self.steps_done)
                    yield self.steps_done
                    self.steps_done += 1
                    self._bar.update()
                    now = time.monotonic()
                    self.minutes_spent = self._spent_before + (now - began) / 60
                    self.processor_minutes = self._processor_before + (time.process_time() - processor_began) / 60
                    self._stopped = self._stopped or now > self._ends
                    if now - saved > 60 * self._every:
                        self._save(state)
                        saved = now
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
        if self.steps_done > first:
            self._save(state)
        self.finished = self.steps_done >= self.steps

    def recall(self) -> dict[str, Any] | None:
        """What the checkpoint keeps, if there is one: how far it is and what it took is then known here too."""
        path = self.folder / _CHECKPOINT
        if not path.is_file():
            return None
        kept = torch.load(path, map_location=self.device, weights_only=True)
        here = {name: getattr(self, name) for name in _ARGUMENTS}
        if kept["arguments"] != here:
            raise SystemExit(
                f"{path} is of a training with {kept['arguments']}, not {here}; continue it with those, or --fresh."
            )
        self.steps_done, self.finished = kept["step"], kept["step"] >= self.steps
        self._spent_before = self.minutes_spent = kept["minutes"]
        self._processor_before = self.processor_minutes = kept.get("processor_minutes", kept["minutes"])
        return kept

    def log(self, step: int, **values: float | torch.Tensor) -> None:
        """Numbers of a step, into the metrics file and the progress bar."""
        numbers = {
            key: value.item() if isinstance(value, torch.Tensor) else float(value) for key, value in values.items()
        }
        line = {"step": step, "minutes": round(self.minutes_spent, 3), **numbers}
        with open(self.folder / METRICS, "a") as file:
            file.write(json.dumps(line) + "\n")
        if self._bar is not None:
            self._bar.set_postfix({key: f"{value:.4g}" for key, value in numbers.items()})

    def _stop(self, *_: object) -> None:
        self._stopped = True

    def _resume(self, state: Mapping[str, Any]) -> int:
        kept = self.recall()
        if kept is None:
            (self.folder / METRICS).unlink(missing_ok=True)
            return 0
        for name, part in state.items():
            part.load_state_dict(kept["state"][name])
        self._forget_after(kept["step"])
        return kept["step"]

    def _forget_after(self, step: int) -> None:
        """What was logged after the checkpoint comes again."""
        path = self.folder / METRICS
        lines = path.read_text().splitlines() if path.is_file() else []
        kept = [line for line in lines if json.loads(line)["step"] < step]
        path.write_text("".join(f"{line}\n" for line in kept))

    def _save(self, state: Mapping[str, Any]) -> None:
        content = {
            "step": self.steps_done,
            "minutes": self.minutes_spent,
            "processor_minutes": self.processor_minutes,
            "arguments": {name: getattr(self, name) for name in _ARGUMENTS},
            "state": {name: part.state_dict() for name, part in state.items()},
        }
        path = self.folder / _CHECKPOINT
        making = path.with_suffix(".making")
        torch.save(content, making)
        os.replace(making, path)
        draw_curves(self.folder / METRICS, self.folder / _CURVES)
