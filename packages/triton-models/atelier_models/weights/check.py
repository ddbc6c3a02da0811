"""
Says which weights are here, without any network access:

    python -m atelier_models.weights.check [--models owlv2,sam] [--json]

With the same settings as the server: `ATELIER_PROFILE`, `ATELIER_OWLV2_MODEL`, `ATELIER_OWLV2_REVISION`, `HF_HOME`...
Exit status: 0 all are here; 1 some are not; 2 wrong arguments.

With `--json`, standard output is one JSON object on one line:

{"ok": bool, "cache": folder of the hub's cache, "command": "atelier triton pull --models owlv2,sam" | null,
 "models": [{
   "model": "owlv2", "id": "google/owlv2-base-patch16-ensemble",
   "ok": bool,
   "state": "random" (the random profile: weights are made when the model is loaded, if not there yet)
          | "miniature" (the miniature profile, without `id`: not ok where its weights did not come along)
          | "folder" (a folder of the person's) | "complete" | "partial" | "missing" | "damaged"
          | "settings" (a setting cannot be used: `message` says which, and `id` is null),
   "revision": 40 hexadecimal digits | null, "folder": path | null (where it is, if ok),
   "missing": [file, ...] (what is not here or not whole, as far as it is known),
   "message": one sentence for the person, "" if ok,
   "bytes": about what a pull would fetch, 0 if it would fetch nothing, null if unknown, "gated": bool,
   "caution": {"code", "means": sentence, "setting": "ATELIER_VQA_MODEL=...", "bytes": with that setting} | null
     (a fault that is known of weights that a pull would fetch)
 }, ...], "variables": [every environment variable that a setting is read from, ...]}
    `command` fetches what is missing; null if that would not help. In the order of `--models`.
"""

import argparse
import json
import sys

from ..errors import SettingsError
from ..read_settings import variables_of
from ..settings import SETTINGS, ModelSettings
from .catalogue import CATALOGUE, caution_of
from .chosen import chosen_settings, model_names
from .locate import hub_snapshot, miniature_folder, own_folder, random_place, what_is_missing
from .lock import hub_cache, pin_of

# States that a pull mends.
_FETCHABLE = ("partial", "missing", "damaged")


def check(name: str) -> dict:
    """The entry of one model, as above."""
    try:
        return _check(name, chosen_settings(name))
    except SettingsError as error:
        return _entry(None, name, "settings", message=str(error))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser("atelier_models.weights.check", description="Says which weights are here.")
    parser.add_argument("--models", type=model_names, default=list(SETTINGS), help="such as owlv2,sam; all if left out")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of sentences")
    options = parser.parse_args(arguments)
    models = [check(name) for name in options.models]
    ok = all(model["ok"] for model in models)
    fetchable = [model["model"] for model in models if model["state"] in _FETCHABLE]
    command = f"atelier triton pull --models {','.join(fetchable)}" if fetchable else None
    if options.json:
        told = {"ok": ok, "cache": str(hub_cache()), "command": command, "models": models}
        variables = dict.fromkeys(variable for name in SETTINGS for variable in variables_of(name))
        print(json.dumps({**told, "variables": list(variables)}))
    else:
        for model in models:
            print(model["message"] or f"{model['model']}: {model['state']}, {model['folder']}")
    return 0 if ok else 1


def _check(name: str, settings: ModelSettings) -> dict:
    if settings.profile == "random":
        return _entry(settings, name, "random", folder=random_place(name, settings))
    if settings.profile == "miniature":
        return _check_miniature(name)
    if folder := own_folder(name, settings):
        return _entry(settings, name, "folder", folder=folder)
    pin = pin_of(name, settings)
    revision = pin.revision if pin else None
    found = hub_snapshot(name, settings)
    if found is None:
        return _entry(settings, name, "missing", revision, message=what_is_missing(name, settings, None))
    snapshot = found[1]
    if snapshot.state == "complete":
        return _entry(settings, name, "complete", revision, folder=snapshot.folder)
    entry = _entry(settings, name, snapshot.state, revision, message=what_is_missing(name, settings, snapshot))
    return {
        **entry,
        "missing": [*snapshot.missing, *snapshot.damaged],
        "bytes": snapshot.missing_bytes or entry["bytes"],
    }


def _check_miniature(name: str) -> dict:
    try:
        return _entry(None, name, "miniature", folder=miniature_folder(name))
    except SettingsError as error:
        return _entry(None, name, "miniature", message=str(error))


def _entry(
    settings: ModelSettings | None,
    name: str,
    state: str,
    revision: str | None = None,
    folder: object = None,
    message: str = "",
) -> dict:
    id = settings.model if settings else None
    known, ok = CATALOGUE.get(id), not message
    fetchable = state in _FETCHABLE
    return {
        "model": name,
        "id": id,
        "ok": ok,
        "state": state,
        "revision": revision,
        "folder": str(folder) if folder else None,
        "missing": [],
        "message": message,
        "bytes": (known.bytes if known else None) if fetchable else 0,
        "gated": bool(fetchable and known and known.gated),
        "caution": caution_of(id) if fetchable else None,
    }


if __name__ == "__main__":
    sys.exit(main())
