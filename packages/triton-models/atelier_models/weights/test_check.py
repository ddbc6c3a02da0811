"""What is said of the weights that are here; and the catalogue and the settings that decide which they are."""

from pathlib import Path

from ..settings import SETTINGS
from . import locate
from .catalogue import CATALOGUE
from .config_parameters import config_parameters
from .conftest import Machine
from .lock import COMMIT
from .small_hub import SmallHub, model_files

OWLV2 = "google/owlv2-base-patch16-ensemble"


def test_the_random_profile_needs_nothing(machine: Machine, tmp_path: Path):
    told = machine.check(ATELIER_PROFILE="random", ATELIER_CACHE=str(tmp_path))
    assert told["ok"] and told["command"] is None
    assert [model["model"] for model in told["models"]] == list(SETTINGS)
    assert {model["state"] for model in told["models"]} == {"random"}


def test_the_miniatures_come_along_or_are_said_to_be_missing(machine: Machine, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(locate, "MINIATURES", tmp_path)
    (tmp_path / "owlv2").mkdir()
    told = machine.check("--models", "owlv2,sam", ATELIER_PROFILE="miniature")
    assert (told["ok"], told["command"]) == (False, None)
    owlv2, sam = told["models"]
    assert (owlv2["ok"], owlv2["state"], owlv2["folder"]) == (True, "miniature", str(tmp_path / "owlv2"))
    assert (sam["ok"], sam["state"], sam["folder"], sam["bytes"], sam["gated"]) == (False, "miniature", None, 0, False)
    assert str(tmp_path / "sam") in sam["message"]
    assert owlv2["id"] is sam["id"] is None
    # One model may be of another profile than the rest.
    told = machine.check("--models", "owlv2,sam", ATELIER_PROFILE="miniature", ATELIER_SAM_PROFILE="random")
    assert [model["state"] for model in told["models"]] == ["miniature", "random"]


def test_each_model_is_told_apart(hub: SmallHub, machine: Machine, tmp_path: Path):
    hub.add(OWLV2, model_files())
    machine.pull("--models", "owlv2", "--yes")
    hub.requests.clear()
    told = machine.check(ATELIER_CLIP_MODEL=str(tmp_path), ATELIER_SAM_PRECISION="half")
    states = {model["model"]: (model["ok"], model["state"]) for model in told["models"]}
    assert states == {
        "vqa": (False, "missing"),
        "owlv2": (True, "complete"),
        "sam": (False, "settings"),
        "sd3": (False, "missing"),
        "clip": (True, "folder"),
    }
    assert told["command"] == "atelier triton pull --models vqa,sd3"
    sd3 = told["models"][3]
    assert (sd3["gated"], sd3["bytes"]) == (True, CATALOGUE[sd3["id"]].bytes)
    sam = told["models"][2]
    assert (sam["id"], sam["bytes"], "'half'" in sam["message"]) == (None, 0, True)
    assert hub.requests == []


def test_a_fault_that_is_known_of_weights_is_told_before_they_are_fetched(machine: Machine):
    (vqa,) = machine.check("--models", "vqa")["models"]
    assert vqa["caution"]["setting"] == "ATELIER_VQA_MODEL=llava-hf/llava-onevision-qwen2-0.5b-ov-hf"
    assert vqa["caution"]["bytes"] < vqa["bytes"]
    (planned,) = machine.pull("--models", "vqa", "--dry-run", HF_HUB_OFFLINE="1").plan["models"]
    assert planned["caution"] == vqa["caution"]
    variable, id = vqa["caution"]["setting"].split("=")
    (other,) = machine.check("--models", "vqa", **{variable: id})["models"]
    assert (other["id"], other["caution"]) == (id, None)


def test_every_variable_of_a_setting_is_told(machine: Machine):
    variables = machine.check("--models", "clip")["variables"]
    assert {"ATELIER_QUEUE", "ATELIER_OWLV2_MOST_PHRASES", "ATELIER_PROFILE"} <= set(variables)
    assert len(variables) == len(set(variables))


def test_as_a_process_without_json(machine: Machine):
    process = machine.start("check", "--models", "owlv2", ATELIER_OWLV2_MODEL="somebody/detector")
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (1, "")
    assert output == (
        "owlv2: the weights of somebody/detector are not here; `atelier triton pull --models owlv2` fetches them.\n"
    )


def test_the_catalogue_has_every_default_at_a_commit():
    assert {settings().model for settings in SETTINGS.values()} <= set(CATALOGUE)
    for weights in CATALOGUE.values():
        assert weights.model in SETTINGS and weights.bytes > 1e8
        assert COMMIT.fullmatch(weights.revision) and weights.licence.means.endswith(".")


def test_parameters_of_config_pbtxt(tmp_path: Path):
    (tmp_path / "clip").mkdir()
    (tmp_path / "clip" / "config.pbtxt").write_text("""
        # parameters { key: "model" value { string_value: "commented/out" } }
        name: "clip"
        parameters { key: "model" value { string_value: "somebody/clip" } }
        parameters: [ { key: "precision", value: { string_value: "bf16" } },
                      { key: "compile", value: { string_value: "true" } } ]
    """)
    told = config_parameters("clip", tmp_path)
    assert told == {"model": "somebody/clip", "precision": "bf16", "compile": "true"}
    assert config_parameters("sam", tmp_path) == {}
