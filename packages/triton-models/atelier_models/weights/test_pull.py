"""Pulls from a small hub, started as the `atelier` command starts them."""

import json
import threading
import time

from .catalogue import CATALOGUE
from .conftest import Machine
from .small_hub import GOOD_TOKEN, SmallHub, model_files, weights

OWLV2 = "google/owlv2-base-patch16-ensemble"
SD3 = "stabilityai/stable-diffusion-3-medium-diffusers"
VQA = "lmms-lab/LLaVA-OneVision-1.5-4B-Instruct"
NEEDED = {"config.json", "preprocessor_config.json", "vocab.json", "merges.txt", "model.safetensors"}


def pipeline_files() -> dict[str, bytes]:
    index = {"_class_name": "Pipeline", "transformer": ["diffusers", "T"], "scheduler": ["diffusers", "S"]}
    return {
        "model_index.json": json.dumps({**index, "safety_checker": [None, None]}).encode(),
        "sd3_medium.safetensors": weights(1),
        "scheduler/scheduler_config.json": b"{}",
        "transformer/config.json": b"{}",
        "transformer/diffusion_pytorch_model.safetensors": weights(2),
        "transformer/diffusion_pytorch_model.fp16.safetensors": weights(3),
    }


def test_fetches_what_is_needed_then_works_without_the_hub(hub: SmallHub, machine: Machine):
    hub.add(OWLV2, model_files(kilobytes=2000))
    pulled = machine.pull("--models", "owlv2", "--yes")
    assert (pulled.status, pulled.codes) == (0, [])
    (planned,) = pulled.plan["models"]
    assert (planned["revision"], planned["revision_from"]) == (CATALOGUE[OWLV2].revision, "catalogue")
    assert (planned["state"], planned["bytes_from"], planned["licence"]) == ("missing", "hub", "Apache-2.0")
    size = sum(len(hub.repos[OWLV2].files[path]) for path in NEEDED)
    assert planned["bytes"] == planned["bytes_to_fetch"] == pulled.plan["bytes_to_fetch"] == size
    assert machine.files(OWLV2) == NEEDED
    through = {"event": "progress", "model": "owlv2", "phase": "fetch", "bytes": size, "total": size}
    assert pulled.of("progress")[-1] == through
    (fetched,) = pulled.of("fetched")
    assert (fetched["folder"], fetched["bytes"]) == (str(machine.snapshot(OWLV2)), size)
    assert pulled.events[-1]["ok"] and pulled.states == {"owlv2": "complete"}
    assert machine.leftovers() == []
    hub.close()
    again = machine.pull("--models", "owlv2")
    assert (again.status, again.plan["models"][0]["state"], again.states) == (0, "complete", {"owlv2": "complete"})
    offline = machine.pull("--models", "owlv2", "--verify", HF_HUB_OFFLINE="1")
    assert (offline.status, offline.of("progress")[-1]["phase"]) == (0, "verify")


def test_asks_and_takes_no_for_an_answer(hub: SmallHub, machine: Machine):
    hub.add(OWLV2, model_files())
    no = machine.pull("--models", "owlv2", answer="no\n")
    assert (no.status, no.codes) == (1, [("not-confirmed", None)])
    assert [event["event"] for event in no.events] == ["plan", "question", "error", "done"]
    assert hub.asked("GET", "/resolve/") == []
    assert machine.pull("--models", "owlv2", answer="").codes == [("not-confirmed", None)]
    assert machine.pull("--models", "owlv2", answer="yes\n").states == {"owlv2": "complete"}


def test_an_uncatalogued_repository_is_locked_at_the_commit_that_was_shown(hub: SmallHub, machine: Machine):
    hub.add("somebody/clip", model_files(1), licence="bigscience-openrail-m")
    machine.environment["ATELIER_CLIP_MODEL"] = "somebody/clip"
    first = hub.repos["somebody/clip"].commit
    pulled = machine.pull("--models", "clip", answer="y\n")
    (planned,) = pulled.plan["models"]
    assert (planned["revision"], planned["revision_from"]) == (first, "main")
    assert (planned["licence"], planned["remote_code"]) == ("bigscience-openrail-m", False)
    lock = machine.cache / "atelier-weights.json"
    assert json.loads(lock.read_text()) == {"weights": {"somebody/clip": {"revision": first}}}
    assert lock.stat().st_mode & 0o777 == 0o644
    # The repository goes on; this machine does not.
    hub.add("somebody/clip", model_files(2), commit="b" * 40)
    again = machine.pull("--models", "clip", HF_HUB_OFFLINE="1")
    assert (again.plan["models"][0]["revision"], again.plan["models"][0]["revision_from"]) == (first, "lock")
    assert machine.check("--models", "clip")["models"][0]["revision"] == first
    # The settings overrule the lock, and leave it.
    other = machine.pull("--models", "clip", "--yes", ATELIER_CLIP_REVISION="b" * 40)
    assert (other.states, other.plan["models"][0]["revision_from"]) == ({"clip": "complete"}, "settings")
    assert first in lock.read_text()


def test_code_runs_only_at_a_commit_that_somebody_confirmed(hub: SmallHub, machine: Machine):
    hub.add(VQA, {**model_files(), "modeling_x.py": b"raise SystemExit"})
    assert machine.pull("--models", "vqa").plan["models"][0]["remote_code"]
    pulled = machine.pull("--models", "vqa", answer="yes\n")
    assert pulled.states == {"vqa": "complete"} and "modeling_x.py" in machine.files(VQA)
    assert machine.check("--models", "vqa")["ok"]
    # The files alone, as from a copied cache, are not enough.
    (machine.cache / "atelier-weights.json").unlink()
    (entry,) = machine.check("--models", "vqa")["models"]
    assert (entry["ok"], entry["state"]) == (False, "missing")
    asked = machine.pull("--models", "vqa", answer="yes\n")
    assert [event["event"] for event in asked.events] == ["plan", "question", "done"]
    assert machine.check("--models", "vqa")["ok"]


def test_a_gated_pipeline_with_a_token_that_was_let_in(hub: SmallHub, machine: Machine):
    hub.add(SD3, pipeline_files(), gated=True)
    hub.accepted.add(GOOD_TOKEN)
    pulled = machine.pull("--models", "sd3", "--yes", HF_TOKEN=GOOD_TOKEN)
    assert pulled.states == {"sd3": "complete"}
    (planned,) = pulled.plan["models"]
    assert (planned["gated"], planned["gate_url"]) == (True, f"https://huggingface.co/{SD3}")
    unwanted = {"sd3_medium.safetensors", "transformer/diffusion_pytorch_model.fp16.safetensors"}
    assert machine.files(SD3) == set(pipeline_files()) - unwanted
    assert GOOD_TOKEN not in json.dumps(pulled.events)
    # The store of large files is another host: the token stays with the hub.
    assert hub.asked("GET", "/store/") and not any("authorization" in sent for sent in hub.asked("GET", "/store/"))
    assert all("authorization" in sent for sent in hub.asked("GET", "/resolve/"))


def test_a_broken_connection_is_taken_up_in_the_middle_of_the_file(hub: SmallHub, machine: Machine):
    # The hub's client keeps what it has in steps of 10 MB.
    hub.add(OWLV2, model_files(kilobytes=12_000))
    hub.cuts["model.safetensors"] = [11_000_000]
    pulled = machine.pull("--models", "owlv2", "--yes")
    assert (pulled.states, pulled.codes) == ({"owlv2": "complete"}, [])
    ranges = [sent.get("range") for sent in hub.asked("GET", "/store/model.safetensors")]
    assert ranges == [None, "bytes=10485760-"]
    assert (machine.snapshot(OWLV2) / "model.safetensors").read_bytes() == hub.repos[OWLV2].files["model.safetensors"]
    done = [event["bytes"] for event in pulled.of("progress")]
    assert done == sorted(done) and all(event["bytes"] <= event["total"] for event in pulled.of("progress"))


def test_interrupted_it_leaves_nothing_in_part_and_goes_on(hub: SmallHub, machine: Machine):
    hub.add(OWLV2, model_files(kilobytes=400))
    hub.held["model.safetensors"] = threading.Event()
    process = machine.start("pull", "--models", "owlv2", "--yes", "--json")
    while _files(machine) != NEEDED - {"model.safetensors"} or not machine.leftovers():
        assert process.poll() is None
        time.sleep(0.05)
    began = time.monotonic()
    process.terminate()
    output, _ = process.communicate(timeout=20)
    assert time.monotonic() - began < 3
    lines = [json.loads(line) for line in output.splitlines()]
    assert process.returncode == 130 and lines[-2]["code"] == "interrupted" and lines[-1]["ok"] is False
    assert machine.leftovers() == [] and "model.safetensors" not in machine.files(OWLV2)
    (entry,) = machine.check("--models", "owlv2")["models"]
    assert (entry["state"], entry["missing"]) == ("partial", ["model.safetensors"])
    assert "without model.safetensors" in entry["message"] and "atelier triton pull --models owlv2" in entry["message"]
    hub.held.pop("model.safetensors").set()
    before = len(hub.asked("GET", "/resolve/"))
    assert machine.pull("--models", "owlv2", "--yes").states == {"owlv2": "complete"}
    assert len(hub.asked("GET", "/resolve/")) == before


def _files(machine: Machine) -> set[str]:
    return machine.files(OWLV2) if machine.snapshot(OWLV2).is_dir() else set()


def test_a_damaged_file_is_found_and_fetched_again(hub: SmallHub, machine: Machine):
    hub.add(OWLV2, model_files())
    machine.pull("--models", "owlv2", "--yes")
    file = machine.snapshot(OWLV2) / "model.safetensors"
    whole = file.read_bytes()
    # One bit, far from the header: only the checksum can tell.
    file.resolve().write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert machine.check("--models", "owlv2")["ok"]
    dry = machine.pull("--models", "owlv2", "--verify", "--dry-run")
    assert (dry.plan["models"][0]["state"], dry.plan["bytes_to_fetch"]) == ("damaged", len(whole))
    assert (dry.status, dry.codes) == (1, [("damaged", "owlv2")])
    assert machine.pull("--models", "owlv2", "--verify", "--yes").states == {"owlv2": "complete"}
    assert file.read_bytes() == whole
    # Cut off: seen at a glance, and offline there is no help.
    file.resolve().write_bytes(whole[:1000])
    (entry,) = machine.check("--models", "owlv2")["models"]
    assert (entry["state"], entry["missing"], entry["bytes"]) == ("damaged", ["model.safetensors"], len(whole))
    assert machine.pull("--models", "owlv2", HF_HUB_OFFLINE="1").codes == [("offline", None)]
    assert file.read_bytes() == whole[:1000]


def test_as_a_process_in_sentences(hub: SmallHub, machine: Machine):
    hub.add(OWLV2, model_files())
    hub.add(SD3, pipeline_files(), gated=True)
    process = machine.start("pull", "--models", "owlv2,sd3")
    output, errors = process.communicate("yes\n", timeout=60)
    assert (process.returncode, errors) == (1, "")
    refused, planned, licence, totals, *rest = output.splitlines()
    assert refused.startswith(f"sd3: {SD3} is given only to those who accept its licence")
    assert planned == f"owlv2  {OWLV2} @ cfd3195ba4ea (catalogue), 41 kB, missing"
    assert licence.strip() == "Apache-2.0: Free for any use, commercial too, with the licence text kept."
    assert totals.startswith("To fetch: 41 kB of 41 kB; free on the disk of ")
    assert rest == [
        "Fetch 41 kB? [yes/no]",
        "owlv2: fetching 41 kB of 41 kB (100 %)",
        "owlv2: fetched 41 kB in 0 s",
        "Not all weights are here.",
    ]
