"""Trains the miniature OWLv2: 128 x 128 pixels, phrases of Blockworld's words."""

import functools
import tempfile
from pathlib import Path

from torch import nn
from transformers import CLIPTokenizer, Owlv2ForObjectDetection
from transformers.utils import logging

from ..training import Run, TrainingScenes
from .batches import RECOLOURED, sample_batch
from .evaluate import detector_of
from .learner import Learner
from .measure import cases, measure
from .model import GRID, initial_model, save
from .optimisers import RATES, optimisers_of, schedulers_of
from .release import release
from .tokenizer import word_tokenizer
from .truth import truth_of

_STEPS, _BATCH, _PHRASES = 3_400, 32, 128
# Most of a picture is ground: at first half of it is left out, which takes half the time. At last pictures are whole.
_FEWER_PATCHES, _WHOLE = 127, 0.15
_LOG_EVERY, _MEASURE_EVERY, _MEASURED = 20, 500, 100
# Parts are of all steps, but that of recoloured pictures.
_SCHEDULE = {
    "pictures": _BATCH,
    "phrases": _PHRASES,
    "recoloured": RECOLOURED,
    "patches": _FEWER_PATCHES,
    "whole_for_last": _WHOLE,
    **RATES,
}


def main() -> None:
    run = Run.from_command_line("owlv2", steps=_STEPS, description=__doc__)
    logging.disable_progress_bar()
    tokenizer = word_tokenizer()
    model = initial_model(tokenizer, run.seed)
    train(run, model, tokenizer, TrainingScenes("train"))
    if run.finished:
        release(run, model, tokenizer, _SCHEDULE)


def train(run: Run, model: Owlv2ForObjectDetection, tokenizer: CLIPTokenizer, scenes, batch: int = _BATCH) -> None:
    """scenes: `TrainingScenes`. batch: pictures a step."""
    # Softmax and products apart: in bfloat16 faster on processors than the fused kernel.
    model.set_attn_implementation("eager")
    learner = Learner(model, tokenizer).to(run.device)
    optimisers = optimisers_of(learner)
    schedulers = schedulers_of(optimisers, run.steps)
    state = {"learner": learner}
    for index, (optimiser, scheduler) in enumerate(zip(optimisers, schedulers, strict=True)):
        state |= {f"optimiser-{index}": optimiser, f"scheduler-{index}": scheduler}
    # Long work, and for nothing where no step is left.
    truth = functools.cache(lambda: truth_of(scenes))
    for step in run.loop(state):
        seen = _FEWER_PATCHES if step < (1 - _WHOLE) * run.steps else GRID**2
        losses = learner(sample_batch(scenes, truth(), batch, seen, _PHRASES, run.generator(step)))
        losses["loss"].backward()
        nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
        for part in (*optimisers, *schedulers):
            part.step()
        learner.zero_grad(set_to_none=True)
        if step % _LOG_EVERY == 0:
            run.log(step, **{name: loss.item() for name, loss in losses.items()})
        if step % _MEASURE_EVERY == _MEASURE_EVERY - 1:
            run.log(step, **_measured(model, tokenizer))


def _measured(model: Owlv2ForObjectDetection, tokenizer: CLIPTokenizer) -> dict[str, float]:
    """By the production detector, on scenes of the validation split."""
    with tempfile.TemporaryDirectory() as folder:
        save(model, tokenizer, Path(folder))
        found = measure(detector_of(Path(folder)), cases("validation", _MEASURED))
    return {name: found[name] for name in ("map50", "precision", "recall", "false_positive_rate")}


if __name__ == "__main__":
    main()
