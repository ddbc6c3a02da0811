"""
Trains the small LLaVA-OneVision that answers questions about Blockworld's pictures.

First the vision tower alone learns what each patch shows; then all of it learns from questions, many about each
picture. Resumable: the same command goes on.
"""

import argparse
import math
from collections.abc import Iterable

import numpy
import torch

from ..blockworld import questions_of, random_scene, render
from ..training import Run, TrainingScenes
from .examples import Sampler
from .initial import prepare
from .learner import Learner
from .model import SIDE, make_model
from .prompts import INSTRUCTIONS, OTHER_INSTRUCTIONS
from .release import release
from .tokenizer import train_tokenizer

_STEPS = 6_000
_LOOKING = 0.3
_RATE, _WARM_UP = 1.2e-3, 60
_LOG_EVERY = 20
_LOOKED_AT = 400
# Pictures that are only looked at, for each that is asked about.
_MORE = 2
_SCHEDULE = {"looking_first": _LOOKING, "rate": _RATE, "warm_up_steps": _WARM_UP}


def main() -> None:
    parser = argparse.ArgumentParser("python -m miniature.vqa.train", description=__doc__)
    parser.add_argument("--pictures", type=int, default=8, help="pictures a step (default: 8)")
    parser.add_argument("--questions", type=int, default=16, help="questions about each picture (default: 16)")
    parser.add_argument("--release", action="store_true", help="publish what there is when it stops, finished or not")
    run = Run.from_command_line("vqa", steps=_STEPS, parser=parser)
    tokenizer = train_tokenizer(words_of_the_world())
    learner, scenes = Learner(make_model(tokenizer), tokenizer), TrainingScenes("train")
    prepare(learner.model, scenes.pixels[numpy.flatnonzero((scenes.sizes == SIDE).all(axis=1))[:_LOOKED_AT]])
    train(run, learner, Sampler(scenes), run.given.pictures, run.given.questions)
    if run.finished or run.given.release:
        release(run, learner.model, tokenizer, _SCHEDULE)


def train(run: Run, learner: Learner, sampler: Sampler, pictures: int, questions: int) -> None:
    """Does the steps that are left of a run; pictures a step, questions about each."""
    optimiser = torch.optim.AdamW(parameter_groups(learner), lr=_RATE, betas=(0.9, 0.98), eps=1e-6)
    first = int(run.steps * _LOOKING)
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimiser, [lambda step, start=start: _rate(step, start, run.steps) for start in (0, 0, 0, first, first)]
    )
    learner.train()
    seen: dict[str, list[float]] = {}
    for step in run.loop({"learner": learner, "optimiser": optimiser, "scheduler": scheduler}):
        generator = run.generator(step)
        looking = step < first
        examples = sampler.draw(generator, pictures, 0 if looking else questions)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            if looking:
                loss, values = learner.looking(examples)
            else:
                loss, values, right = learner.answering(examples, generator)
                # Looking costs an eighth of answering, and shapes take longer to learn than words.
                loss = loss + learner.looking(sampler.draw(generator, _MORE * pictures, 0))[0]
                values |= {kind: float(numpy.mean(found)) for kind, found in right.items()}
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        scheduler.step()
        for name, value in values.items():
            seen.setdefault(name, []).append(value)
        if (step + 1) % _LOG_EVERY == 0:
            run.log(step, **{name: numpy.mean(found) for name, found in seen.items()})
            seen.clear()


def parameter_groups(learner: Learner) -> list[dict]:
    """How patches are read; then of what sees and of what reads each its matrices, which decay, and the rest."""
    inner = learner.model.model
    # Whitened they are good, and faster they would soon be louder than what says where a patch is.
    patches = {"params": [*inner.vision_tower.embeddings.parameters()], "lr": 0.1 * _RATE, "weight_decay": 0.0}
    known = {id(parameter) for parameter in patches["params"]}
    groups = [patches]
    for part in ((inner.vision_tower, inner.multi_modal_projector, learner.heads), (learner,)):
        named = [pair for module in part for pair in module.named_parameters() if id(pair[1]) not in known]
        known |= {id(parameter) for _, parameter in named}
        for decays in (True, False):
            chosen = [parameter for name, parameter in named if _decays(name, parameter) == decays]
            groups.append({"params": chosen, "weight_decay": 0.05 if decays else 0.0})
    return groups


def _decays(name: str, parameter: torch.nn.Parameter) -> bool:
    return parameter.dim() > 1 and "embed" not in name


def _rate(step: int, start: int, end: int) -> float:
    """Share of the highest learning rate: up from `start`, then down along half a cosine."""
    if step < start + _WARM_UP:
        return max(0.0, (step - start + 1) / _WARM_UP)
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (step - start - _WARM_UP) / (end - start - _WARM_UP)))


def words_of_the_world(scenes: int = 300) -> Iterable[str]:
    """Texts in which all words of questions, answers and prompts come, if there are enough scenes."""
    yield from (INSTRUCTIONS, *OTHER_INSTRUCTIONS, "system\nuser\nassistant\n")
    generator = numpy.random.default_rng(0)
    for index in range(scenes):
        scene = random_scene("train", index)
        for question in questions_of(scene, render(scene), generator, 24):
            yield from (question.text, question.answer)


if __name__ == "__main__":
    main()
