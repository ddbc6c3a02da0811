import numpy
import pytest
import torch
from atelier_models.clip.prepare import FixedSize

from miniature.blockworld import COLOURS, GROUNDS, SHAPES, describe, random_scene
from miniature.clip.batches import sample_batch
from miniature.clip.evaluate import embedder_of, measure
from miniature.clip.learner import Learner
from miniature.clip.model import image_processor, initial_model, save
from miniature.clip.texts import description_of
from miniature.clip.tokenizer import CONTEXT, word_tokenizer
from miniature.clip.train import train
from miniature.clip.truth import contents_of, patches_of
from miniature.training import Run, TrainingScenes


@pytest.fixture(scope="module")
def scenes(tmp_path_factory):
    return TrainingScenes("validation", 8, tmp_path_factory.mktemp("scenes"))


@pytest.fixture(scope="module")
def tokenizer():
    return word_tokenizer()


def trained(scenes, tokenizer, folder, minutes=1e9) -> torch.Tensor:
    run = Run("clip", 3, 0, "cpu", folder, minutes, 10)
    run.seed_everything()
    learner = Learner(initial_model(tokenizer), tokenizer)
    train(run, learner, tokenizer, scenes, batch=4)
    return torch.cat([parameter.detach().flatten() for parameter in learner.parameters()])


def test_a_seed_decides_and_a_stop_changes_nothing(scenes, tokenizer, tmp_path):
    whole = trained(scenes, tokenizer, tmp_path / "whole")
    for _ in range(3):
        stopped = trained(scenes, tokenizer, tmp_path / "stopped", minutes=0)
    assert torch.equal(stopped, whole)


def test_steps_lower_the_loss(scenes, tokenizer):
    torch.manual_seed(0)
    learner = Learner(initial_model(tokenizer), tokenizer)
    optimiser = torch.optim.AdamW(learner.parameters(), lr=1e-3)
    prepare = FixedSize(image_processor(), "cpu", torch.float32)
    losses = []
    for _ in range(4):
        loss = learner(sample_batch(scenes, prepare, 4, numpy.random.default_rng(0)), 1.0)["loss"]
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
    assert losses[-1] < 0.9 * losses[0]


def test_production_loads_what_is_saved(tokenizer, tmp_path):
    torch.manual_seed(0)
    save(initial_model(tokenizer), tokenizer, tmp_path)
    assert 0 <= measure(embedder_of(tmp_path), "validation", 1)["recall_at_one"] < 0.5


def test_words_are_whole_and_anything_else_can_be_read(tokenizer):
    for index in range(30):
        text = describe(random_scene("validation", index))
        tokens = tokenizer(text)["input_ids"]
        assert len(tokens) == len(text.replace(",", " ,").split()) + 2 <= CONTEXT
    assert tokenizer.decode(tokenizer("zebra é 漢")["input_ids"], skip_special_tokens=True).strip() == "zebra é 漢"


def test_patches_and_contents_say_what_is_there(scenes):
    scene = scenes[0]
    contents = contents_of(scene)
    assert contents.sum() == 4 * len(scene.things) + 1
    assert contents[-len(GROUNDS) + GROUNDS.index(scene.ground)] == 1
    patches = patches_of(scene, scenes.masks(0)).reshape(8, 8, 3)
    last = scene.things[-1]
    found = patches[int(last.y * 8 / scene.height), int(last.x * 8 / scene.width)]
    if last.shape != "ring":
        assert found[:2].tolist() == [SHAPES.index(last.shape), COLOURS.index(last.colour)]


def test_descriptions_are_often_exact(scenes):
    generator = numpy.random.default_rng(0)
    texts = [description_of(scenes[0], False, generator) for _ in range(60)]
    assert 30 < texts.count(describe(scenes[0])) <= 60
