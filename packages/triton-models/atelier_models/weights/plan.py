"""What a pull would do for one model."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import is_offline_mode

from ..settings import ModelSettings
from .catalogue import CATALOGUE, HUB, Licence, caution_of
from .chosen import chosen_settings
from .faults import PullError, not_let_in, offline_mode, pull_error
from .files import needed_files, skipped_folders, total_bytes
from .hub import HubRepo, ask_hub, has_token, may_fetch
from .locate import own_folder, runs_code
from .lock import Pin, pin_of
from .snapshot import Snapshot, cached_listing, look_at
from .verify import differing_files


@dataclass(frozen=True)
class Planned:
    """`folder`: of the person's; then there is nothing else. `estimate`: the catalogue's bytes, the hub being away."""

    name: str
    settings: ModelSettings
    licence: Licence | None
    gated: bool
    folder: Path | None = None
    pin: Pin | None = None
    snapshot: Snapshot | None = None
    bytes_from: str | None = None
    estimate: int = 0

    @property
    def id(self) -> str:
        return self.settings.model

    @property
    def state(self) -> str:
        return "folder" if self.folder else self.snapshot.state if self.snapshot else "missing"

    @property
    def bytes(self) -> int:
        return total_bytes(self.snapshot.needed, self.snapshot.sizes) if self.snapshot else self.estimate

    @property
    def bytes_to_fetch(self) -> int:
        return self.snapshot.missing_bytes if self.snapshot else self.estimate

    @property
    def must_be_locked(self) -> bool:
        """Whether the commit is one that nobody has confirmed yet: the newest, or one with code that will run."""
        if self.pin is None:
            return False
        return self.pin.source == "main" or (self.pin.source == "catalogue" and runs_code(self.settings))

    def as_json(self) -> dict:
        return {
            "model": self.name,
            "id": self.id,
            "revision": self.pin.revision if self.pin else None,
            "revision_from": self.pin.source if self.pin else None,
            "state": self.state,
            "bytes": self.bytes,
            "bytes_to_fetch": self.bytes_to_fetch,
            "files": len(self.snapshot.needed) if self.snapshot else 0,
            "bytes_from": self.bytes_from,
            "licence": self.licence.name if self.licence else None,
            "licence_means": self.licence.means if self.licence else None,
            "licence_url": self.licence.url if self.licence else None,
            "gated": self.gated,
            "gate_url": f"{HUB}/{self.id}" if self.gated else None,
            "remote_code": not self.folder and runs_code(self.settings),
            "caution": None if self.folder else caution_of(self.id),
        }


class Planner:
    """
    `verify`: contents are compared with their checksums, and `advance(name, bytes, total)` is told how far that is.
    `dry`: nothing will be fetched, so the catalogue may stand in for the hub, and no gate is tried.
    """

    def __init__(self, verify: bool, dry: bool, advance: Callable[[str, int, int], None]):
        self._verify = verify
        self._dry = dry
        self._advance = advance
        # The hub was out of reach: that is waited for once, not once a model.
        self._away: PullError | None = None

    def plan(self, name: str) -> Planned:
        """Raises `SettingsError` or `PullError`."""
        settings = chosen_settings(name, full=True)
        known = CATALOGUE.get(settings.model)
        licence = known.licence if known else None
        gated = bool(known and known.gated)
        if folder := own_folder(name, settings):
            return Planned(name, settings, None, False, folder)
        pin = pin_of(name, settings)
        if pin:
            listing = cached_listing(settings.model, pin.revision)
            snapshot = self._look(name, settings, pin.revision, listing)
            if snapshot.state == "complete":
                return Planned(name, settings, licence, gated, None, pin, snapshot, "cache")
        try:
            repo = self._ask(name, settings, pin, gated)
        except PullError as error:
            if not (self._dry and error.code == "offline" and known):
                raise
            return Planned(name, settings, licence, gated, None, pin, None, "catalogue", known.bytes)
        if not licence and repo.licence:
            licence = Licence(repo.licence, "As the model card says; not looked at by us.", f"{HUB}/{settings.model}")
        if pin is None:
            pin = Pin(repo.revision, "main")
        snapshot = self._look(name, settings, pin.revision, repo.sizes)
        return Planned(name, settings, licence, gated or repo.gated, None, pin, snapshot, "hub")

    def _look(self, name: str, settings: ModelSettings, revision: str, listing: dict[str, int] | None) -> Snapshot:
        code, skip = runs_code(settings), skipped_folders(settings)
        snapshot = look_at(settings.model, revision, listing, code, skip)
        if not self._verify:
            return snapshot
        whole = [path for path in snapshot.needed if path not in snapshot.missing and path not in snapshot.damaged]
        total = total_bytes(whole, snapshot.sizes)
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            self._advance(name, done, total)

        snapshot.damaged.extend(differing_files(snapshot.folder, whole, advance))
        return snapshot

    def _ask(self, name: str, settings: ModelSettings, pin: Pin | None, gated: bool) -> HubRepo:
        if self._away or is_offline_mode():
            raise self._away or offline_mode()
        id, revision = settings.model, pin.revision if pin else None
        try:
            repo = ask_hub(id, revision)
            if (gated or repo.gated) and not self._dry:
                if not has_token():
                    raise not_let_in(id, False)
                may_fetch(id)
        except Exception as error:
            fault = pull_error(error, name, id, revision, has_token(), started=False)
            self._away = fault if fault.fatal else None
            raise fault from error
        if not needed_files(repo.sizes, runs_code(settings), skipped_folders(settings)):
            raise PullError(
                "not-weights", f"{id} has no whole set of weights as safetensors or pickled weights.", f"{HUB}/{id}"
            )
        return repo
