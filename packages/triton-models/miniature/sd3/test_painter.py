"""The painter's words, holes, examples and training."""

import re
from pathlib import Path

import numpy
import pytest
import torch
from atelier_models.sd3.families.choose import load_family
from atelier_models.sd3.request import PaintRequest
from atelier_models.settings import Sd3Settings
from PIL import Image

from ..blockworld import COLOURS, SHAPES, explain, random_scene, render
from ..training import Run, TrainingScenes
from .autoencoder import make_autoencoder
from .edits import painted_edits
from .examples import Examples
from .holes import grown
from .model import make_pipeline
from .pairs import Pairs
from .prompts import EMPTINESS, INSISTENCE, NOTHING_WANTED
from .tokenizers import prompt_tokenizer, t5_tokenizer
from .train import train
from .windows import windows

_SDK = Path(__file__).resolve().parents[3] / "sdk" / "src"


@pytest.fixture(scope="module")
def examples(tmp_path_factory) -> Examples:
    folder = tmp_path_factory.mktemp("painter")
    return Examples(TrainingScenes("validation", 8, folder), Pairs("validation", 8, folder))


def test_fixed_words_are_those_of_the_sdk():
    paintings = (_SDK / "triton" / "backend" / "paintings.ts").read_text()
    assert re.findall(r"(?:prompt|negativePrompt): '(.+)',", paintings) == [EMPTINESS, NOTHING_WANTED]
    assert INSISTENCE in (_SDK / "tools" / "second-attempt.ts").read_text()


def test_each_word_is_one_token_and_any_text_is_read():
    clip, t5 = prompt_tokenizer(), t5_tokenizer()
    words = [*SHAPES, *COLOURS, "background", "seamlessly", "artefacts"]
    assert [clip.tokenize(word) for word in words] == [[f"{word}</w>"] for word in words]
    assert [t5.tokenize(word) for word in words] == [[f"▁{word}"] for word in words]
    assert clip.unk_token_id not in clip("Ein Café, 猫!").input_ids[1:-1]
    assert len(t5.tokenize("zyx")) > 1


def test_holes_reach_beyond_what_was_selected_and_keep_its_outline():
    selected = numpy.zeros((64, 64), dtype=bool)
    selected[24:40, 24:40] = True
    hole = grown(selected, grow=3)
    reach = 24 - numpy.flatnonzero(hole[32])[0]
    assert (hole & selected).sum() == selected.sum()
    assert 4 <= reach <= 7


def test_examples_differ_in_their_holes_alone(examples):
    for seed in range(40):
        example = examples.draw(numpy.random.default_rng(seed))
        outside = ~example.hole
        assert example.hole.any()
        assert (example.before[outside] == example.after[outside]).all()


def test_windows_have_the_size_asked_for(examples):
    generator = numpy.random.default_rng(0)
    seen = windows([examples.draw(generator) for _ in range(4)], generator, (64, 96))
    assert seen.before.shape == (4, 3, 96, 64)
    assert seen.holes.shape == (4, 1, 96, 64)
    assert (seen.places >= 0).all()
    assert (seen.places + torch.tensor([12, 8]) <= seen.patches).all()


def test_the_expected_picture_shows_what_was_asked_for():
    for painted in painted_edits("validation", 4):
        scene, index = painted.scene, painted.edit.thing
        after = painted.before.copy()
        after[painted.hole] = render(painted.edit.after).pixels[painted.hole]
        found = explain(after, scene.without(index), scene.things[index], behind=index)
        assert found.words == (painted.edit.after.things[index].name if painted.edit.prompt else "nothing")


def test_training_goes_on_where_it_was_stopped_and_serves_production(examples, tmp_path):
    whole = _trained(examples, tmp_path / "whole", [1e9])
    parts = _trained(examples, tmp_path / "parts", [0, 1e9])
    for name, weights in whole.items():
        assert torch.equal(weights, parts[name]), name
    family = load_family(tmp_path / "whole" / "pipeline", Sd3Settings(device="cpu"))
    picture = Image.fromarray(render(random_scene("validation", 0)).pixels).resize((128, 128))
    mask = Image.new("L", (128, 128))
    mask.paste(255, (40, 40, 80, 80))
    request = PaintRequest("a red ball", "", picture, mask, 128, 128, 2, 7.0, 1.0, 0)
    with torch.inference_mode():
        painted = family.paint(request, torch.Generator().manual_seed(0), lambda *_: {})
    assert painted.size == (128, 128)
    assert family.own_resolution == 128


def _trained(examples: Examples, folder: Path, minutes: list[float]) -> dict[str, torch.Tensor]:
    """Weights after two steps, in as many sittings as there are minutes; a sitting of none does one step."""
    for most in minutes:
        run = Run("sd3", 2, 0, "cpu", folder, minutes=most, every=1e9)
        run.seed_everything()
        pipeline = make_pipeline(make_autoencoder().eval().requires_grad_(False))
        train(run, pipeline, lambda: examples)
    return pipeline.transformer.state_dict()
