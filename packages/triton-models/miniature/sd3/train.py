"""
Trains the painter (StableDiffusion3InpaintPipeline): first its autoencoder, then transformer and text encoders
together, from scratch. Made to be run again: it goes on where it was stopped.
"""

import copy
import functools
import shutil
from collections.abc import Callable

import diffusers
import torch
import transformers
from diffusers import StableDiffusion3InpaintPipeline

from ..training import Run, TrainingScenes
from .autoencoder_training import train_autoencoder
from .average import Average
from .examples import Examples
from .flow import Flow
from .model import TRAINED_PARTS, make_pipeline, open_autoencoder
from .pairs import Pairs
from .release import release
from .windows import Windows, windows

_STEPS, _AUTOENCODER_STEPS = 7_500, 3_000
_PAIRS = 12_000
_RATE, _WARM_UP = 8e-4, 150
_DECAY = 0.998
# Most steps see the surroundings of the hole, which is cheaper; the last see whole pictures.
_WHOLE_FROM = 0.93
_SMALL = (64, 64)
_LONGEST, _SHORTER = 128, (88, 96, 104, 112, 120, 128)
_SMALL_BATCH, _WHOLE_BATCH = 32, 10
_SCHEDULE = {
    "pictures": _SMALL_BATCH,
    "whole_pictures": _WHOLE_BATCH,
    "whole_from": _WHOLE_FROM,
    "pairs": _PAIRS,
    "rate": _RATE,
    "warm_up_steps": _WARM_UP,
    "average_decay": _DECAY,
}


def main() -> None:
    for library in (diffusers, transformers):
        # That long prompts are cut is normal.
        library.utils.logging.set_verbosity_error()
    run = Run.from_command_line("sd3", _STEPS, __doc__, keeps=("autoencoder-training", "pipeline"))
    scenes = TrainingScenes("train")
    first = run.stage("autoencoder", _AUTOENCODER_STEPS)
    autoencoder = train_autoencoder(first, scenes)
    if not autoencoder.is_dir():
        return
    run.seed_everything()
    pipeline = make_pipeline(open_autoencoder(autoencoder)).to(run.device)
    pipeline.vae.to(memory_format=torch.channels_last)
    train(run, pipeline, lambda: Examples(scenes, Pairs("train", _PAIRS)))
    if run.finished:
        release(run, first, autoencoder, _SCHEDULE)


def train(run: Run, pipeline: StableDiffusion3InpaintPipeline, examples: Callable[[], Examples]) -> None:
    """
    Leaves the pipeline with averaged weights, saved in the run's folder, however far it came.

    examples: makes them, where there is a step left.
    """
    examples = functools.cache(examples)
    parts = {name: getattr(pipeline, name).train() for name in TRAINED_PARTS}
    parameters = [parameter for part in parts.values() for parameter in part.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=_RATE, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step / run.steps, step))
    average = Average(parts, _DECAY)
    flow = Flow(pipeline)
    for step in run.loop({**parts, "optimiser": optimiser, "scheduler": scheduler, "average": average}):
        seen = _windows(run, examples(), step)
        with torch.autocast(run.device, dtype=torch.bfloat16):
            loss = flow.loss(seen)
        optimiser.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        scheduler.step()
        average.update()
        if step % 10 == 9:
            run.log(step, loss=loss.detach(), norm=norm.detach())
        if step % 250 == 249:
            _save(run, pipeline, average)
    _save(run, pipeline, average)


def _save(run: Run, pipeline: StableDiffusion3InpaintPipeline, average: Average) -> None:
    """The pipeline with averaged weights, whole or not at all, in half precision."""
    making, place = run.folder / "pipeline.making", run.folder / "pipeline"
    average.exchange()
    halves = {name: copy.deepcopy(getattr(pipeline, name)).half() for name in (*TRAINED_PARTS, "vae")}
    average.exchange()
    type(pipeline)(**{**pipeline.components, **halves}).save_pretrained(making)
    shutil.rmtree(place, ignore_errors=True)
    making.rename(place)


def _rate(done: float, step: int) -> float:
    """Share of the learning rate: up in the first steps, level, and down to nothing over the last two fifths."""
    return min((step + 1) / _WARM_UP, 1.0, max(0.02, (1 - done) / 0.4))


def _windows(run: Run, examples: Examples, step: int) -> Windows:
    generator = run.generator(step)
    whole = step >= _WHOLE_FROM * run.steps
    sides = [_LONGEST, _SHORTER[generator.integers(len(_SHORTER))]]
    size = tuple(generator.permutation(sides).tolist()) if whole else _SMALL
    drawn = [examples.draw(generator) for _ in range(_WHOLE_BATCH if whole else _SMALL_BATCH)]
    return windows(drawn, generator, size)


if __name__ == "__main__":
    main()
