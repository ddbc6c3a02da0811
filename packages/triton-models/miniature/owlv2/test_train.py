"""The training in short: reproducible, to be interrupted, and read by production."""

import json
from pathlib import Path

import torch

from ..training import Run
from .evaluate import detector_of
from .measure import cases, measure
from .model import initial_model, save
from .train import train


def _trained(folder: Path, scenes, tokenizer, steps: int, minutes: float = 1e9):
    """`minutes`: 0 ends after the next step."""
    run = Run("owlv2", steps, seed=3, device="cpu", folder=folder, minutes=minutes, every=1e9)
    run.seed_everything()
    model = initial_model(tokenizer, run.seed)
    train(run, model, tokenizer, scenes, batch=4)
    return run, model.state_dict()


def test_resumed_equals_uninterrupted(scenes, tokenizer, tmp_path):
    _, wanted = _trained(tmp_path / "at once", scenes, tokenizer, steps=3)
    run, _ = _trained(tmp_path / "in parts", scenes, tokenizer, steps=3, minutes=0)
    assert not run.finished
    run, found = _trained(tmp_path / "in parts", scenes, tokenizer, steps=3)
    assert run.finished
    assert all(torch.equal(found[name], wanted[name]) for name in wanted)


def test_losses_fall(scenes, tokenizer, tmp_path):
    run, _ = _trained(tmp_path, scenes, tokenizer, steps=22)
    first, last = map(json.loads, (run.folder / "metrics.jsonl").read_text().splitlines())
    assert last["loss"] < first["loss"] and last["attributes"] < first["attributes"]


def test_the_saved_folder_is_read_by_production(tokenizer, tmp_path):
    save(initial_model(tokenizer, 0), tokenizer, tmp_path)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 4e6
    found = measure(detector_of(tmp_path), cases("validation", 2))
    assert found["map50"] < 0.5 and 0 <= found["false_positive_rate"] <= 1
