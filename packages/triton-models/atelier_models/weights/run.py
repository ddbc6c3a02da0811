"""One run of a pull: plans, asks, fetches, and says how it goes."""

import shutil
import sys
import time
from pathlib import Path

from ..errors import SettingsError
from .chosen import chosen_settings
from .faults import PullError, disk_full, pull_error, readable
from .fetch import fetch
from .hub import has_token
from .locate import what_is_missing
from .lock import hub_cache, lock
from .plan import Planned, Planner
from .report import Report

# A disk filled to the last byte stops more than this.
_SPARE_BYTES = 200_000_000


class Pull:
    """One run. `outcomes`: what is known of each model so far, for `done`."""

    def __init__(self, names: list[str], report: Report, yes: bool, dry: bool, verify: bool):
        self._report = report
        self._yes = yes
        self._dry = dry
        self._began = time.monotonic()
        self._planner = Planner(verify, dry, lambda name, done, total: report.progress(name, "verify", done, total))
        self._outcomes = {name: _outcome(name, "failed") for name in names}

    def run(self) -> None:
        """Raises `PullError` for what ends the run."""
        planned = self._plan()
        self._report.event("plan", **_totals(planned))
        todo = [model for model in planned if model.state not in ("complete", "folder")]
        if self._dry:
            for model in todo:
                self._dry_outcome(model)
            return
        _check_disk(todo)
        unconfirmed = {model.id: model.pin.revision for model in planned if model.must_be_locked}
        if todo or unconfirmed:
            self._confirm(todo, unconfirmed)
        if unconfirmed:
            self._lock(unconfirmed)
        for model in todo:
            self._fetch(model)

    def error(self, error: PullError, name: str | None = None) -> None:
        self._report.event(
            "error",
            code=error.code,
            message=str(error),
            model=name,
            id=self._outcomes[name]["id"] if name else None,
            url=error.url,
            retryable=error.retryable,
        )

    def done(self) -> bool:
        models = list(self._outcomes.values())
        ok = all(model["state"] != "failed" for model in models)
        self._report.event("done", ok=ok, models=models, seconds=round(time.monotonic() - self._began, 1))
        return ok

    def _plan(self) -> list[Planned]:
        planned = []
        ending = None
        for name in self._outcomes:
            try:
                model = self._planner.plan(name)
            except SettingsError as error:
                self.error(PullError("settings", str(error)), name)
                continue
            except PullError as error:
                # The others are looked at all the same: they may be here, and then the run says so.
                if error.fatal:
                    ending = error
                else:
                    self.error(error, name)
                continue
            planned.append(model)
            if model.state in ("complete", "folder"):
                self._outcomes[name] = _outcome(name, model.state, model)
        if ending:
            raise ending
        return planned

    def _dry_outcome(self, model: Planned) -> None:
        if model.state == "damaged":
            text = what_is_missing(model.name, model.settings, model.snapshot)
            self.error(PullError("damaged", text, retryable=True), model.name)
        else:
            self._outcomes[model.name] = _outcome(model.name, "planned", model)

    def _confirm(self, todo: list[Planned], unconfirmed: dict[str, str]) -> None:
        if self._yes:
            return
        size = sum(model.bytes_to_fetch for model in todo)
        text = f"Fetch {readable(size)}?" if todo else f"Use {', '.join(unconfirmed)} at the commits above?"
        self._report.event("question", text=text)
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise PullError("not-confirmed", "Nothing was fetched.", fatal=True)

    def _lock(self, revisions: dict[str, str]) -> None:
        try:
            lock(revisions)
        except OSError as error:
            raise pull_error(error, "", "", None, has_token(), started=True) from error
        except SettingsError as error:
            raise PullError("settings", str(error), fatal=True) from error

    def _fetch(self, model: Planned) -> None:
        began = time.monotonic()
        try:
            snapshot = fetch(model, lambda done, total: self._report.progress(model.name, "fetch", done, total))
        except PullError as error:
            if error.fatal:
                raise
            self.error(error, model.name)
            return
        self._outcomes[model.name] = _outcome(model.name, "complete", model)
        self._report.event(
            "fetched",
            model=model.name,
            id=model.id,
            revision=model.pin.revision,
            folder=str(snapshot.folder),
            bytes=model.bytes,
            seconds=round(time.monotonic() - began, 1),
        )


def _totals(planned: list[Planned]) -> dict:
    return {
        "models": [model.as_json() for model in planned],
        "bytes": sum(model.bytes for model in planned),
        "bytes_to_fetch": sum(model.bytes_to_fetch for model in planned),
        "free_bytes": _free_bytes(),
        "cache": str(hub_cache()),
    }


def _free_bytes() -> int:
    folder = hub_cache().absolute()
    while not folder.is_dir():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _check_disk(todo: list[Planned]) -> None:
    needed, free = sum(model.bytes_to_fetch for model in todo), _free_bytes()
    if needed and needed + _SPARE_BYTES > free:
        raise disk_full(needed, free, hub_cache())


def _outcome(name: str, state: str, model: Planned | None = None) -> dict:
    folder: Path | None = None
    if model and state != "planned":
        folder = model.folder or model.snapshot.folder
    return {
        "model": name,
        "id": model.id if model else _id(name),
        "revision": model.pin.revision if model and model.pin else None,
        "folder": str(folder) if folder else None,
        "state": state,
    }


def _id(name: str) -> str | None:
    try:
        return chosen_settings(name, full=True).model
    except SettingsError:
        return None
