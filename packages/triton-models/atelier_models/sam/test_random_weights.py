import pytest

from .random_weights import build, build_sam2


@pytest.mark.parametrize("make", [build, build_sam2])
def test_the_same_seed_gives_the_same_small_files(tmp_path, make):
    files = []
    for name, seed in [("one", 1), ("two", 1), ("three", 2)]:
        (tmp_path / name).mkdir()
        make(tmp_path / name, seed)
        files.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert files[0] == files[1]
    assert files[0]["model.safetensors"] != files[2]["model.safetensors"]
    assert sum(map(len, files[0].values())) < 2**20
