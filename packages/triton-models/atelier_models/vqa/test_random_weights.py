import hashlib

from atelier_models.vqa.random_weights import build


def test_the_same_bytes_each_time_and_few_of_them(tmp_path, weights):
    build(tmp_path)
    files = sorted(path.name for path in weights.iterdir())
    assert files == sorted(path.name for path in tmp_path.iterdir())
    assert all((tmp_path / name).read_bytes() == (weights / name).read_bytes() for name in files)
    assert sum((weights / name).stat().st_size for name in files) < 2**21


def test_another_seed_gives_others(tmp_path, weights):
    build(tmp_path, seed=1)
    digests = {hashlib.sha256((folder / "model.safetensors").read_bytes()).digest() for folder in (tmp_path, weights)}
    assert len(digests) == 2
