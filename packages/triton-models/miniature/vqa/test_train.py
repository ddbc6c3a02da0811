import numpy
import pytest
import torch
from atelier_models.settings import VqaSettings
from atelier_models.vqa.load import load

from miniature.training import Run
from miniature.vqa.evaluate import ask
from miniature.vqa.examples import Sampler
from miniature.vqa.learner import Learner
from miniature.vqa.model import make_model, save
from miniature.vqa.train import train


def trained(tokenizer, scenes, folder, minutes=1e9) -> Learner:
    run = Run("vqa", 5, 0, "cpu", folder, minutes, 10)
    run.seed_everything()
    learner = Learner(make_model(tokenizer), tokenizer)
    train(run, learner, Sampler(scenes), pictures=1, questions=2)
    return learner


def weights(learner: Learner) -> torch.Tensor:
    return torch.cat([parameter.detach().flatten() for parameter in learner.parameters()])


def test_a_seed_decides_and_a_stop_changes_nothing(tokenizer, scenes, tmp_path):
    whole = weights(trained(tokenizer, scenes, tmp_path / "whole"))
    for _ in range(5):
        stopped = weights(trained(tokenizer, scenes, tmp_path / "stopped", minutes=0))
    assert torch.equal(stopped, whole)


@pytest.mark.parametrize("kind", ["looking", "answering"])
def test_steps_lower_the_loss(learner, scenes, kind):
    examples = Sampler(scenes).whole([0], numpy.random.default_rng(0), 8)
    optimiser = torch.optim.AdamW(learner.parameters(), lr=1e-3)
    losses = []
    for _ in range(5):
        generator = numpy.random.default_rng(0)
        loss = learner.looking(examples)[0] if kind == "looking" else learner.answering(examples, generator)[0]
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
    assert losses[-1] < 0.9 * losses[0]


def test_production_loads_and_runs_what_is_saved(learner, tokenizer, scenes, tmp_path):
    save(learner.model, tokenizer, tmp_path)
    answerer = load(VqaSettings(model=str(tmp_path), device="cpu", at_once=1))
    picture = scenes.pixels[0]
    assert isinstance(ask(answerer, picture, "What is it?"), str)
