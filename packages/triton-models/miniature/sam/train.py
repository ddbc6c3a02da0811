"""Trains the miniature SAM: 128 x 128 pixels, masks of what is seen of Blockworld's things, from boxes and points."""

import tempfile
from pathlib import Path

import numpy
import torch
from torch import nn

from ..training import Run, TrainingScenes
from ..training.optimisers import muon_and_adam
from .batches import sample_batch
from .evaluate import measure, segmenter_of
from .learner import Learner
from .model import initial_model, save
from .release import release

_BATCH = 10
_MUON_RATE, _ADAM_RATE, _WARM_UP = 2.5e-3, 1.2e-3, 100
# What changes in the course of the training, and when; with another number of steps all at the same part of them.
_STEPS = 5_000
# (step, rate): down in two lines, the second steeper, where edges settle.
_RATES = ((-1, 0.0), (_WARM_UP - 1, 1.0), (3_600, 0.2), (_STEPS, 0.0))
# From then on a scene comes as often as it has things: what is measured are things, and those that stand close together
# are harder to tell apart than from the ground.
_CROWDED_FROM = 1_600
# Until then the dense targets count, less and less.
_DENSE_UNTIL = 3_600
_LOG_EVERY, _MEASURE_EVERY, _MEASURED = 20, 400, 60
# Of the transformers.
_LAYERS = ("vision_encoder.layers", "transformer.layers")
_SCHEDULE = {
    "pictures": _BATCH,
    "muon_rate": _MUON_RATE,
    "adam_rate": _ADAM_RATE,
    "rates_by_step": _RATES,
    "crowded_from_step": _CROWDED_FROM,
    "dense_until_step": _DENSE_UNTIL,
}


def main() -> None:
    run = Run.from_command_line("sam", steps=_STEPS, description=__doc__)
    learner = Learner(initial_model(run.seed)).to(run.device)
    train(run, learner, TrainingScenes("train"), _BATCH)
    if run.finished:
        release(run, learner.model, _SCHEDULE)


def train(run: Run, learner: Learner, scenes, batch: int) -> None:
    """The steps of the run that are left, each with `batch` pictures."""
    optimisers = muon_and_adam(learner, _LAYERS, _MUON_RATE, _ADAM_RATE, muon_decay=0.02)
    schedulers = [torch.optim.lr_scheduler.LambdaLR(each, lambda step: rate(step, run.steps)) for each in optimisers]
    state = {"learner": learner}
    for index, (optimiser, scheduler) in enumerate(zip(optimisers, schedulers, strict=True)):
        state |= {f"optimiser-{index}": optimiser, f"scheduler-{index}": scheduler}
    things = numpy.array([len(scenes[index].things) for index in range(len(scenes))])
    for step in run.loop(state):
        place = step * _STEPS / run.steps
        chances = things / things.sum() if place >= _CROWDED_FROM else None
        examples = sample_batch(scenes, batch, run.generator(step), chances)
        losses = learner(examples.to(run.device), max(0, 1 - place / _DENSE_UNTIL))
        losses["loss"].backward()
        nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
        for optimiser, scheduler in zip(optimisers, schedulers, strict=True):
            optimiser.step()
            scheduler.step()
            optimiser.zero_grad(set_to_none=True)
        if step % _LOG_EVERY == 0:
            run.log(step, **{name: loss.item() for name, loss in losses.items()})
        if step % _MEASURE_EVERY == _MEASURE_EVERY - 1:
            run.log(step, **_measured(learner))


def rate(step: int, steps: int) -> float:
    return numpy.interp(step * _STEPS / steps, *zip(*_RATES, strict=True)).item()


def _measured(learner: Learner) -> dict[str, float]:
    """By the production segmenter, on scenes of the validation split."""
    with tempfile.TemporaryDirectory() as folder:
        save(learner.model, Path(folder))
        found = measure(segmenter_of(Path(folder)), "validation", _MEASURED)
    return {f"validation_{name}": found[name] for name in ("box_iou", "point_iou")}


if __name__ == "__main__":
    main()
