"""What a pull says when it cannot fetch, and that nothing is left in part."""

import socket
import time

import pytest

from . import fetch
from . import hub as asking
from .conftest import Machine
from .small_hub import GOOD_TOKEN, SmallHub, model_files

OWLV2 = "google/owlv2-base-patch16-ensemble"
SD3 = "stabilityai/stable-diffusion-3-medium-diffusers"
CLIP = "openai/clip-vit-large-patch14"


def pipeline_files() -> dict[str, bytes]:
    files = model_files()
    return {"model_index.json": b"{}", "vae/config.json": b"{}", "vae/model.safetensors": files["model.safetensors"]}


def test_gated_without_a_token_and_the_others_go_on(hub: SmallHub, machine: Machine):
    hub.add(SD3, pipeline_files(), gated=True)
    hub.add(OWLV2, model_files())
    pulled = machine.pull("--models", "sd3,owlv2", "--yes")
    assert (pulled.status, pulled.codes) == (1, [("gated-no-token", "sd3")])
    assert pulled.states == {"sd3": "failed", "owlv2": "complete"}
    (error,) = pulled.of("error")
    assert error["url"] == f"https://huggingface.co/{SD3}" and error["id"] == SD3
    assert all(part in error["message"] for part in (error["url"], "settings/tokens", "HF_TOKEN"))
    assert [model["model"] for model in pulled.plan["models"]] == ["owlv2"]
    dry = machine.pull("--models", "sd3", "--dry-run")
    assert (dry.codes, dry.states, dry.plan["models"][0]["gated"]) == ([], {"sd3": "planned"}, True)


def test_gated_with_a_token_that_was_not_let_in(hub: SmallHub, machine: Machine):
    hub.add(SD3, pipeline_files(), gated=True)
    pulled = machine.pull("--models", "sd3", "--yes", HF_TOKEN=GOOD_TOKEN)
    assert pulled.codes == [("gated-not-accepted", "sd3")]
    assert hub.asked("GET", "/resolve/") == [] and machine.leftovers() == []


def test_a_token_that_the_hub_does_not_know(hub: SmallHub, machine: Machine):
    hub.add(OWLV2, model_files())
    wrong = "hf_" + "w" * 34
    pulled = machine.pull("--models", "owlv2", "--yes", HF_TOKEN=wrong)
    assert pulled.codes == [("token-wrong", "owlv2")]
    assert wrong not in str(pulled.events)


def test_what_the_hub_does_not_have(hub: SmallHub, machine: Machine):
    hub.add(OWLV2, model_files(), commit="c" * 40)
    hub.add("somebody/poems", {"README.md": b"", "config.json": b"{}"})
    pulled = machine.pull("--models", "owlv2,sam,clip", "--yes", ATELIER_CLIP_MODEL="somebody/poems")
    assert pulled.codes == [("revision-not-found", "owlv2"), ("not-found", "sam"), ("not-weights", "clip")]
    assert "ATELIER_OWLV2_REVISION" in pulled.of("error")[0]["message"]
    assert pulled.plan["models"] == [] and pulled.status == 1


def test_settings_that_cannot_be_used(hub: SmallHub, machine: Machine):
    pulled = machine.pull(
        *("--models", "owlv2,sam,clip", "--yes"),
        ATELIER_OWLV2_REVISION="main",
        ATELIER_SAM_MODEL="/no/such/folder",
        ATELIER_CLIP_MOST_ITEMS="many",
    )
    assert pulled.codes == [("settings", "owlv2"), ("settings", "sam"), ("settings", "clip")]
    assert "40 hexadecimal digits" in pulled.of("error")[0]["message"]
    assert pulled.events[-1]["models"][2]["id"] is None


def test_offline_with_an_empty_cache(hub: SmallHub, machine: Machine):
    began = time.monotonic()
    pulled = machine.pull("--yes", HF_HUB_OFFLINE="1")
    assert (pulled.status, pulled.codes, hub.requests) == (1, [("offline", None)], [])
    assert set(pulled.states.values()) == {"failed"} and not pulled.of("plan")
    assert time.monotonic() - began < 2


def test_no_network_is_said_at_once_and_what_is_here_is_still_here(hub: SmallHub, machine: Machine):
    hub.add(CLIP, model_files())
    machine.pull("--models", "clip", "--yes")
    hub.close()
    pulled = machine.pull("--models", "owlv2,clip", "--yes")
    assert (pulled.codes, pulled.states) == ([("offline", None)], {"owlv2": "failed", "clip": "complete"})
    dry = machine.pull("--models", "owlv2", "--dry-run")
    assert (dry.status, dry.codes, dry.plan["models"][0]["bytes_from"]) == (0, [], "catalogue")
    assert dry.plan["bytes_to_fetch"] > 600_000_000


def test_a_hub_that_does_not_answer_is_waited_for_once(machine: Machine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(asking, "_ANSWER_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        began = time.monotonic()
        pulled = machine.pull("--yes", HF_ENDPOINT=address)
    assert pulled.codes == [("offline", None)]
    assert time.monotonic() - began < 1
    assert asking._STEP_S < 10


def test_a_hub_that_is_ill(hub: SmallHub, machine: Machine):
    hub.failing = True
    pulled = machine.pull("--models", "owlv2", "--yes")
    assert (pulled.codes, pulled.of("error")[0]["retryable"]) == ([("hub-error", "owlv2")], True)


def test_a_disk_without_room_is_said_before(hub: SmallHub, machine: Machine):
    hub.add(OWLV2, model_files(), claimed={"model.safetensors": 10**16})
    pulled = machine.pull("--models", "owlv2", "--yes")
    assert pulled.codes == [("disk-full", None)]
    assert "10000000.0 GB" in pulled.of("error")[0]["message"]
    assert hub.asked("GET", "/resolve/") == []


def test_a_disk_that_fills_up(hub: SmallHub, machine: Machine, monkeypatch: pytest.MonkeyPatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    hub.add(OWLV2, model_files())
    monkeypatch.setattr(fetch, "snapshot_download", full)
    assert machine.pull("--models", "owlv2", "--yes").codes == [("disk-full", None)]


def test_a_connection_that_breaks_again_and_again(hub: SmallHub, machine: Machine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda _: None)
    hub.add(OWLV2, model_files(kilobytes=400))
    hub.cuts["model.safetensors"] = [1000] * 50
    pulled = machine.pull("--models", "owlv2", "--yes")
    assert (pulled.codes, pulled.states) == ([("connection-lost", None)], {"owlv2": "failed"})
    assert machine.leftovers() == [] and "model.safetensors" not in machine.files(OWLV2)
    hub.cuts.clear()
    assert machine.pull("--models", "owlv2", "--yes").states == {"owlv2": "complete"}


def test_a_hub_that_sends_something_else(hub: SmallHub, machine: Machine):
    """The client compares lengths only: a file that is no safetensors file must not pass for weights."""
    files = model_files()
    hub.add(OWLV2, {**files, "model.safetensors": b"\xff" * 4000})
    pulled = machine.pull("--models", "owlv2", "--yes")
    assert (pulled.codes, pulled.states) == ([("damaged", "owlv2")], {"owlv2": "failed"})


def test_a_cache_that_cannot_be_written(hub: SmallHub, machine: Machine):
    hub.add("somebody/clip", model_files())
    machine.home.mkdir()
    machine.cache.write_text("a file where the folder should be")
    pulled = machine.pull("--models", "clip", "--yes", ATELIER_CLIP_MODEL="somebody/clip")
    assert pulled.codes == [("not-writable", None)]


def test_wrong_arguments(machine: Machine, capsys: pytest.CaptureFixture):
    with pytest.raises(SystemExit) as exit:
        machine.pull("--models", "owlv2,owl")
    assert exit.value.code == 2
    assert "'owl'; the models are vqa, owlv2, sam, sd3, clip" in capsys.readouterr().err
