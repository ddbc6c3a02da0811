"""Where the models find their weights when they are loaded."""

import shutil
from pathlib import Path

import numpy
import pytest

from ..clip import load as clip
from ..clip.random_weights import build
from ..clip.request import Request
from ..errors import SettingsError
from ..settings import ClipSettings, Owlv2Settings, Sd3Settings, VqaSettings
from . import locate
from .conftest import PACKAGE, Machine
from .locate import weights_folder
from .small_hub import SmallHub, model_files, weights

CLIP = "openai/clip-vit-large-patch14"
OWLV2 = "google/owlv2-base-patch16-ensemble"
VQA = "lmms-lab/LLaVA-OneVision-1.5-4B-Instruct"


def fill(machine: Machine, id: str, revision: str, files: dict[str, bytes]) -> Path:
    """A snapshot that another program downloaded: without the hub's listing of it."""
    folder = machine.cache / f"models--{id.replace('/', '--')}" / "snapshots" / revision
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def reason(machine: Machine, name: str, settings) -> str:
    with machine.here(), pytest.raises(SettingsError) as error:
        weights_folder(name, settings)
    return str(error.value)


def test_production_weights_are_pulled_and_loaded(hub: SmallHub, machine: Machine, tmp_path: Path):
    build(tmp_path / "made")
    files = {path.name: path.read_bytes() for path in (tmp_path / "made").iterdir()}
    hub.add(CLIP, {**files, "pytorch_model.bin": b"not this"})
    machine.pull("--models", "clip", "--yes")
    hub.close()
    settings = ClipSettings(device="cpu")
    with machine.here():
        assert weights_folder("clip", settings) == machine.snapshot(CLIP)
        pulled = clip.load(settings)
    made = clip.load(ClipSettings(device="cpu", model=str(tmp_path / "made")))
    request = Request(texts=("a lighthouse",))
    numpy.testing.assert_array_equal(pulled.embed([request])[0], made.embed([request])[0])


def test_nothing_here_says_the_command(machine: Machine):
    text = reason(machine, "owlv2", Owlv2Settings())
    assert text == (f"owlv2: the weights of {OWLV2} are not here; `atelier triton pull --models owlv2` fetches them.")


def test_a_folder_of_the_persons(tmp_path: Path, machine: Machine):
    with machine.here():
        assert weights_folder("owlv2", Owlv2Settings(model=str(tmp_path))) == tmp_path
    assert "neither a folder that is here nor a name" in reason(machine, "owlv2", Owlv2Settings(model="./nowhere/a/b"))


def test_the_miniature_profile_takes_what_came_along(hub: SmallHub, machine: Machine, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(locate, "MINIATURES", tmp_path / "weights")
    settings = ClipSettings(device="cpu", profile="miniature", model="/somewhere/else")
    assert str(tmp_path / "weights" / "clip") in reason(machine, "clip", settings)
    build(tmp_path / "weights" / "clip")
    with machine.here(HF_HUB_OFFLINE="1"):
        assert weights_folder("clip", settings) == tmp_path / "weights" / "clip"
        assert clip.load(settings).embed([Request(texts=("a red ball",))])[0].shape[0] == 1
    assert hub.requests == []


def test_miniatures_lie_beside_the_package():
    assert locate.MINIATURES == PACKAGE / "miniature" / "weights"


def test_a_cache_that_another_program_filled(machine: Machine):
    good = {path: content for path, content in model_files().items() if "/" not in path}
    revision = "d" * 40
    folder = fill(machine, OWLV2, revision, good)
    settings = Owlv2Settings(revision=revision)
    with machine.here():
        assert weights_folder("owlv2", settings) == folder
    (folder / "model.safetensors").write_bytes(good["model.safetensors"][:-1])
    assert "model.safetensors of" in reason(machine, "owlv2", settings)
    for path in ("model.safetensors", "pytorch_model.bin"):
        (folder / path).unlink()
    assert "is here in part, without weights" in reason(machine, "owlv2", settings)


def test_a_pipeline_without_one_of_its_components(machine: Machine):
    index = b'{"_class_name": "P", "vae": ["diffusers", "V"], "scheduler": ["diffusers", "S"], "safety": [null, null]}'
    files = {
        "model_index.json": index,
        "vae/config.json": b"{}",
        "vae/diffusion_pytorch_model.safetensors": weights(),
        "scheduler/scheduler_config.json": b"{}",
    }
    revision = "e" * 40
    folder = fill(machine, Sd3Settings().model, revision, files)
    settings = Sd3Settings(revision=revision)
    with machine.here():
        assert weights_folder("sd3", settings) == folder
    shutil.rmtree(folder / "scheduler")
    assert "without scheduler/" in reason(machine, "sd3", settings)


def test_parts_that_the_index_does_not_know(machine: Machine):
    parts = {f"model-0000{part}-of-00002.safetensors": weights(part) for part in (1, 2)}
    index = b'{"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00003-of-00003.safetensors"}}'
    revision = "f" * 40
    files = {"config.json": b"{}", **parts, "model.safetensors.index.json": index}
    folder = fill(machine, VQA, revision, files)
    settings = VqaSettings(revision=revision)
    assert "model.safetensors.index.json of" in reason(machine, "vqa", settings)
    (folder / "model.safetensors.index.json").write_bytes(index.replace(b"00003-of-00003", b"00002-of-00002"))
    with machine.here():
        assert weights_folder("vqa", settings) == folder
    (folder / "model-00002-of-00002.safetensors").unlink()
    assert "without weights" in reason(machine, "vqa", settings)


def test_a_branch_is_no_revision_and_a_spoiled_lock_is_said(machine: Machine):
    assert "a full commit of 40 hexadecimal digits" in reason(machine, "owlv2", Owlv2Settings(revision="main"))
    machine.cache.mkdir(parents=True)
    lock = machine.cache / "atelier-weights.json"
    for text in ("{", '{"weights": {"a/b": {"revision": "main"}}}', '{"weights": []}'):
        lock.write_text(text)
        assert str(lock) in reason(machine, "owlv2", Owlv2Settings())
