import numpy
import torch

from miniature.blockworld import Query
from miniature.vqa.attention import Probe
from miniature.vqa.examples import Sampler
from miniature.vqa.grounding import Referents, looking_loss
from miniature.vqa.mentions import mentions_of
from miniature.vqa.pictures import token_patches


def test_mentions_are_the_nouns_with_what_is_said_about_them(tokenizer):
    text = "Which is larger, the red ball or the small blue things?"
    words = tokenizer.tokenize(text)
    assert [(words[mention.token], mention.query) for mention in mentions_of(text, tokenizer)] == [
        ("Ġball", Query("ball", "red")),
        ("Ġthings", Query(None, "blue", "small")),
    ]


def test_referents_are_where_and_as_many_as_the_scene_says(scenes):
    index = next(index for index in range(len(scenes)) if len(scenes[index].things) > 1)
    examples = Sampler(scenes).whole(numpy.array([index]), numpy.random.default_rng(0), 0)
    scene, box = scenes[index], scenes.boxes(index)[0]
    one, none = Query(scene.things[0].shape, scene.things[0].colour, scene.things[0].size), Query("cube", "pink")
    found = Referents.of([(0, Query()), (0, one), (0, none)], examples.scenes, examples.targets)
    assert found.numbers.tolist() == [len(scene.things), len(one.things(scene)), 0]
    assert torch.allclose(found.patches.sum(dim=1), found.numbers.float())
    middle = (box[:2] + box[2:]) / 2 / (scene.width, scene.height)
    assert numpy.abs(found.places[1, :2].numpy() - middle).max() < 0.05


def test_tokens_of_bars_are_left_out(learner):
    wide = token_patches(learner.model, 2, (96, 128))
    assert len(wide) == 64 + 6 * 9
    assert (wide == -1).sum() == 6
    assert wide[64:72].tolist() == list(range(64 + 8, 64 + 16))
    square = token_patches(learner.model, 1, (128, 128))
    assert square[64:72].tolist() == square[:8].tolist()


def test_looking_at_the_right_patches_costs_nothing_more():
    referents = Referents(torch.tensor([[0.5, 1.5, 0], [0, 0, 0]]), torch.tensor([2, 0]), None, None)
    probe = Probe(1, None, None, torch.full((2, 4, 7), -30.0))
    wanted = torch.tensor([1, 0, 0.5, 1.5]) / 3
    probe.scores[0, :, :4] = wanted.clamp(min=1e-9).log()
    probe.scores[1, :, 0] = 0
    loss, right = looking_loss(probe, referents, torch.tensor([0, 1, 2, -1]), ahead=2)
    entropy = -(wanted[wanted > 0] * wanted[wanted > 0].log()).sum()
    assert torch.isclose(loss, entropy / 2, atol=1e-4)
    assert abs(right - 2 / 3) < 1e-4
