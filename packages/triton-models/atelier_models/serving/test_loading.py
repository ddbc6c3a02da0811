import pytest

from ..clip.load import load as load_clip
from ..clip.random_weights import build
from ..errors import SettingsError
from ..owlv2.detector import load as load_owlv2
from ..sam.segmenter import load as load_sam
from ..sd3.painter import load as load_sd3
from ..settings import SETTINGS, ClipSettings
from ..vqa.load import load as load_vqa
from ..weights import locate
from ..weights.locate import random_place
from .loading import check_device, loaded

LOADERS = {"clip": load_clip, "owlv2": load_owlv2, "sam": load_sam, "sd3": load_sd3, "vqa": load_vqa}


@pytest.fixture
def clip_folder(tmp_path):
    build(tmp_path / "clip")
    return tmp_path / "clip"


def said_of(folder, name="clip") -> str:
    with pytest.raises(SettingsError) as caught:
        loaded(name, SETTINGS[name](model=str(folder), device="cpu"), LOADERS[name])
    said = str(caught.value)
    assert "\n" not in said and "Traceback" not in said and said.startswith(f"{name}: ") and said.endswith(".")
    return said


@pytest.mark.parametrize("name", LOADERS)
def test_an_empty_folder_is_named(tmp_path, name):
    assert str(tmp_path) in said_of(tmp_path, name)


def test_weights_that_are_cut_off_are_said_so(clip_folder):
    weights = clip_folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    said = said_of(clip_folder)
    assert said == f"clip: the weights in {clip_folder} cannot be loaded: " + said.split("loaded: ")[1]
    assert "header" in said


def test_weights_of_another_size_and_missing_ones_and_broken_configs(clip_folder):
    text = (clip_folder / "config.json").read_text()
    (clip_folder / "config.json").write_text(text.replace('"projection_dim": ', '"projection_dim": 1'))
    assert "cannot be loaded" in said_of(clip_folder)
    (clip_folder / "config.json").write_text("{")
    assert "not a valid JSON" in said_of(clip_folder)
    (clip_folder / "config.json").write_text(text)
    (clip_folder / "model.safetensors").unlink()
    assert "no file named model.safetensors" in said_of(clip_folder)


def test_the_librarys_error_is_kept_for_the_log_and_cut_for_people():
    def load(settings):
        raise ValueError("\n first:  \n" + "second\n" * 1000)

    with pytest.raises(SettingsError, match=r"^clip: the weights in here cannot be loaded: first\.$") as caught:
        loaded("clip", ClipSettings(model="here"), load)
    assert "second" in str(caught.value.__cause__)
    with pytest.raises(SettingsError, match=r"loaded: OSError\.$"):
        loaded("clip", ClipSettings(model="here"), lambda settings: (_ for _ in ()).throw(OSError()))


def test_random_weights_are_named_by_their_folder(tmp_path):
    settings = ClipSettings(profile="random", device="cpu", cache=str(tmp_path))
    folder = random_place("clip", settings)
    folder.mkdir(parents=True)
    with pytest.raises(SettingsError, match=str(folder)):
        loaded("clip", settings, load_clip)


def test_so_are_miniatures(tmp_path, monkeypatch):
    monkeypatch.setattr(locate, "MINIATURES", tmp_path)
    (tmp_path / "clip").mkdir()
    with pytest.raises(SettingsError, match=f"the weights in {tmp_path}/clip cannot be loaded"):
        loaded("clip", ClipSettings(profile="miniature", device="cpu"), load_clip)


def test_what_is_said_already_stays_and_bugs_are_bugs():
    def refuse(settings):
        raise SettingsError("clip: no.")

    with pytest.raises(SettingsError, match=r"^clip: no\.$"):
        loaded("clip", ClipSettings(), refuse)
    with pytest.raises(AttributeError):
        loaded("clip", ClipSettings(), lambda settings: settings.nothing)


def test_what_is_tripped_over_while_warming_up_is_said_too():
    class Broken:
        def warm_up(self):
            raise TypeError("'NoneType' object is not subscriptable")

    with pytest.raises(SettingsError, match="cannot be run on cpu: 'NoneType' object is not subscriptable"):
        loaded("clip", ClipSettings(model="here", device="cpu"), lambda settings: Broken())


@pytest.mark.parametrize(
    ("device", "words"),
    [
        ("cuda:99", "but torch .* sees no such GPU"),
        ("gpu", "must be auto, cpu, cuda or cuda:N, not 'gpu'"),
        ("meta", "not 'meta'"),
    ],
)
def test_a_device_that_is_not_there(device, words):
    with pytest.raises(SettingsError, match=words):
        check_device("clip", device)
    check_device("clip", "cpu")


def test_too_little_memory_is_not_the_fault_of_the_weights():
    def load(settings):
        raise MemoryError

    with pytest.raises(SettingsError, match=r"^clip: there is not enough memory on cpu\.$"):
        loaded("clip", ClipSettings(model="here", device="cpu"), load)
