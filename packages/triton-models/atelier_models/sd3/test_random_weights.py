import hashlib

import torch

from . import random_weights
from .random_parts import clip_tokenizer, t5_tokenizer


def contents(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_is_the_same_bytes_and_small(tmp_path):
    torch.manual_seed(3)
    random_weights.build(tmp_path / "a")
    torch.manual_seed(4)
    drawn = torch.rand(1)
    torch.manual_seed(4)
    random_weights.build(tmp_path / "b")
    # Building takes nothing from the numbers of others.
    assert torch.rand(1) == drawn
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert sum(path.stat().st_size for path in (tmp_path / "a").rglob("*") if path.is_file()) < 5_000_000
    random_weights.build(tmp_path / "c", seed=1)
    changed = [name for name, digest in contents(tmp_path / "c").items() if contents(tmp_path / "a")[name] != digest]
    assert len(changed) == 5 and all(name.endswith(".safetensors") for name in changed)


def test_clip_reads_any_text():
    tokenizer = clip_tokenizer()
    ids = tokenizer("a Cat, später 猫").input_ids
    assert ids[0] == tokenizer.bos_token_id and ids[-1] == tokenizer.eos_token_id
    assert tokenizer.decode(ids, skip_special_tokens=True).split() == ["a", "cat", ",", "später", "猫"]


def test_t5_tells_texts_apart():
    tokenizer = t5_tokenizer()
    assert tokenizer("cat").input_ids != tokenizer("car").input_ids
    assert tokenizer("cat").input_ids[-1] == tokenizer.eos_token_id
