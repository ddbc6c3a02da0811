import argparse
import json
import subprocess
from functools import partial

import pytest
import torch

from . import Run, TrainingScenes, publish
from .commit import commit_of
from .origin import origin


def _train(run: Run) -> tuple[torch.Tensor, list[float]]:
    torch.manual_seed(run.seed)
    model = torch.nn.Linear(4, 1)
    optimiser = torch.optim.Adam(model.parameters(), 0.05)
    losses = []
    for step in run.loop({"model": model, "optimiser": optimiser}):
        inputs = torch.from_numpy(run.generator(step).normal(size=(8, 4))).float() + torch.rand(1)
        loss = (model(inputs) - inputs.sum(1, keepdim=True)).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
        run.log(step, loss=loss)
    return model.weight.detach().clone(), losses


def _run(folder, steps=6, minutes=1e9):
    return Run("test", steps, 1, "cpu", folder, minutes, every=1e9)


def test_goes_on_where_it_was_stopped_as_if_it_had_not_been(tmp_path):
    whole, losses = _train(_run(tmp_path / "whole"))
    parts = []
    for _ in range(6):
        # No time at all: each stops after one step.
        run = _run(tmp_path / "parts", minutes=0)
        weights, some = _train(run)
        parts += some
    assert run.finished
    assert parts == losses
    assert torch.equal(weights, whole)
    steps = [json.loads(line)["step"] for line in (tmp_path / "parts" / "metrics.jsonl").read_text().splitlines()]
    assert steps == list(range(6))
    assert (tmp_path / "parts" / "curves.png").read_bytes().startswith(b"\x89PNG")


def test_a_checkpoint_of_another_training_is_not_continued(tmp_path):
    _train(_run(tmp_path, steps=2))
    with pytest.raises(SystemExit, match="--fresh"):
        _train(_run(tmp_path, steps=3))


def test_a_finished_training_keeps_its_checkpoint_and_knows_what_it_took(tmp_path):
    first = _run(tmp_path, steps=2)
    weights, _ = _train(first)
    written = (tmp_path / "checkpoint.pt").stat().st_mtime_ns
    again = _run(tmp_path, steps=2)
    same, losses = _train(again)
    assert again.finished and losses == [] and torch.equal(same, weights)
    assert (tmp_path / "checkpoint.pt").stat().st_mtime_ns == written
    found = origin(again)
    assert found["minutes"] == round(first.minutes_spent, 1) and "steps_done" not in found
    assert found["versions"]["torch"] and found["processor"]


def test_a_stage_ends_with_the_time_of_the_whole(tmp_path):
    run = _run(tmp_path, minutes=0)
    stage = run.stage("parts", 4)
    _train(stage)
    assert stage.steps_done == 1 and not stage.finished
    assert (tmp_path / "parts-training" / "checkpoint.pt").is_file()


def _from_command_line(monkeypatch, *words: str, **options) -> Run:
    monkeypatch.setattr("sys.argv", ["train", *words])
    return Run.from_command_line("test", 6, **options)


def test_the_command_says_what_decides_the_result(monkeypatch, tmp_path):
    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=int, default=8)
    run = _from_command_line(monkeypatch, "--out", str(tmp_path), "--seed", "2", "--minutes", "3", parser=parser)
    assert run.command == "python -m miniature.test.train --pictures 8 --steps 6 --seed 2"
    assert run.given.pictures == 8
    assert run.commit is None or len(run.commit.removesuffix("-dirty")) == 40


def test_unknown_arguments_are_an_error(monkeypatch, tmp_path):
    with pytest.raises(SystemExit):
        _from_command_line(monkeypatch, "--out", str(tmp_path), "--stpes", "100")


def test_fresh_forgets_all_that_the_training_goes_on_from(monkeypatch, tmp_path):
    _train(_run(tmp_path / "parts-training", steps=1))
    _train(_run(tmp_path, steps=1))
    (tmp_path / "other").write_text("of somebody else")
    _from_command_line(monkeypatch, "--out", str(tmp_path), "--fresh", keeps=["parts-training", "not there"])
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


def test_what_git_does_not_have_has_no_commit(tmp_path):
    assert commit_of(tmp_path) is None
    git = partial(subprocess.run, cwd=tmp_path, check=True)
    git(["git", "init", "-q"])
    (tmp_path / "code.py").write_text("")
    assert commit_of(tmp_path) is None
    git(["git", "add", "."])
    git(["git", "-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "-qm", "x"])
    assert len(commit_of(tmp_path)) == 40
    (tmp_path / "weights.bin").write_text("")
    assert len(commit_of(tmp_path)) == 40
    (tmp_path / "code.py").write_text("1")
    assert commit_of(tmp_path).endswith("-dirty")


def test_scenes_are_drawn_once_and_are_those_of_the_split(tmp_path):
    scenes = TrainingScenes("validation", 20, tmp_path)
    drawn = (tmp_path / "scenes-1" / "validation-20" / "pixels.npy").stat().st_mtime_ns
    again = TrainingScenes("validation", 20, tmp_path)
    assert (tmp_path / "scenes-1" / "validation-20" / "pixels.npy").stat().st_mtime_ns == drawn
    assert (scenes.pixels == again.pixels).all()
    for index in range(20):
        width, height = scenes.sizes[index]
        masks = scenes.masks(index)
        assert len(masks) == len(scenes.boxes(index)) == len(scenes[index].things)
        assert masks.any(axis=(1, 2)).all() and not masks[:, height:].any() and not masks[:, :, width:].any()
        assert not scenes.pixels[index, height:].any() and scenes.pixels[index, :height, :width].any()


def test_published_weights_replace_the_old_ones_and_keep_the_card(tmp_path):
    made = tmp_path / "made"
    made.mkdir()
    (made / "model.safetensors").write_text("first")
    (made / "old.json").write_text("{}")
    into = tmp_path / "weights"
    place = publish(made, "owlv2", {"map": 0.5}, into)
    (place / "README.md").write_text("card")
    (made / "model.safetensors").write_text("second")
    (made / "old.json").unlink()
    publish(made, "owlv2", {"map": 0.9}, into)
    assert sorted(path.name for path in place.iterdir()) == ["README.md", "metrics.json", "model.safetensors"]
    assert (place / "model.safetensors").read_text() == "second"
    assert json.loads((place / "metrics.json").read_text()) == {"map": 0.9}
    assert [path.name for path in into.iterdir()] == ["owlv2"]
