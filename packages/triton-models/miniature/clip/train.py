"""Trains the miniature CLIP: 128 x 128 pixels, descriptions of Blockworld's scenes."""

import tempfile
from pathlib import Path

import torch
from atelier_models.clip.prepare import FixedSize
from torch import nn
from transformers import CLIPModel, CLIPTokenizer

from ..training import Run, TrainingScenes
from ..training.optimisers import muon_and_adam
from .batches import sample_batch
from .evaluate import embedder_of, measure
from .learner import Learner
from .model import image_processor, initial_model, save
from .release import release
from .tokenizer import word_tokenizer

_BATCH = 96
_MUON_RATE, _ADAM_RATE, _WARM_UP = 2.5e-3, 1e-3, 60
_LOG_EVERY, _MEASURE_EVERY, _GALLERIES = 10, 200, 2
_SCHEDULE = {"pictures": _BATCH, "muon_rate": _MUON_RATE, "adam_rate": _ADAM_RATE, "warm_up_steps": _WARM_UP}


def main() -> None:
    run = Run.from_command_line("clip", steps=800, description=__doc__)
    tokenizer = word_tokenizer()
    learner = Learner(initial_model(tokenizer), tokenizer).to(run.device)
    train(run, learner, tokenizer, TrainingScenes("train"), _BATCH)
    if run.finished:
        release(run, learner.model, tokenizer, _SCHEDULE)


def train(run: Run, learner: Learner, tokenizer: CLIPTokenizer, scenes, batch: int) -> None:
    """The steps of the run that are left, each with `batch` pictures."""
    optimisers = muon_and_adam(learner, ["encoder.layers"], _MUON_RATE, _ADAM_RATE)
    schedulers = [torch.optim.lr_scheduler.LambdaLR(each, lambda step: rate(step, run.steps)) for each in optimisers]
    state = {"learner": learner}
    for index, (optimiser, scheduler) in enumerate(zip(optimisers, schedulers, strict=True)):
        state |= {f"optimiser-{index}": optimiser, f"scheduler-{index}": scheduler}
    prepare = FixedSize(image_processor(), "cpu", torch.float32)
    for step in run.loop(state):
        losses = learner(sample_batch(scenes, prepare, batch, run.generator(step)), 1 - step / run.steps)
        losses["loss"].backward()
        nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
        for optimiser, scheduler in zip(optimisers, schedulers, strict=True):
            optimiser.step()
            scheduler.step()
            optimiser.zero_grad(set_to_none=True)
        if step % _LOG_EVERY == 0:
            run.log(step, **{name: loss.item() for name, loss in losses.items()})
        if step % _MEASURE_EVERY == _MEASURE_EVERY - 1:
            run.log(step, validation_recall_at_one=_measured(learner.model, tokenizer))


def rate(step: int, steps: int) -> float:
    """Up in a straight line, and down in one, to zero."""
    return min((step + 1) / _WARM_UP, (steps - step) / max(1, steps - _WARM_UP))


def _measured(model: CLIPModel, tokenizer: CLIPTokenizer) -> float:
    """By the production embedder, on scenes of the validation split."""
    with tempfile.TemporaryDirectory() as folder:
        save(model, tokenizer, Path(folder))
        return measure(embedder_of(Path(folder)), "validation", _GALLERIES)["recall_at_one"]


if __name__ == "__main__":
    main()
