"""Downloads what was planned, with the hub's own client into the hub's own cache."""

import glob
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from huggingface_hub import snapshot_download

from .faults import PullError, pull_error
from .files import skipped_folders
from .hub import has_token
from .locate import runs_code, what_is_missing
from .lock import hub_cache
from .plan import Planned
from .snapshot import Snapshot, cached_listing, look_at, remove, repo_folder

_POLL_S = 0.25
_STALE_S = 24 * 3600


def fetch(planned: Planned, advance: Callable[[int, int], None]) -> Snapshot:
    """
    The snapshot, whole. Damaged files are thrown away first. `advance(bytes, total)` is called four times a second.
    Raises `PullError`; whatever happens, no file is there in part.
    """
    snapshot, total = planned.snapshot, planned.bytes
    blobs = repo_folder(planned.id) / "blobs"
    _sweep(blobs)
    strangers = set(blobs.glob("*.incomplete"))
    shown = 0
    try:
        remove(snapshot.folder, snapshot.damaged)
        download = _Download(planned)
        while not download.finished.wait(_POLL_S):
            here = sum(_size(snapshot.folder / path) for path in snapshot.needed)
            here += sum(_size(part) for part in set(blobs.glob("*.incomplete")) - strangers)
            shown = max(shown, min(here, total))
            advance(shown, total)
        if download.error:
            raise download.error
    except Exception as error:
        raise pull_error(error, planned.name, planned.id, planned.pin.revision, has_token(), started=True) from error
    advance(total, total)
    return _whole(planned)


def drop_unfinished() -> None:
    """
    Removes the files that this process was downloading when it was told to stop. Its client does that itself, but
    only once the network has answered, which nobody who pressed Ctrl-C waits for.
    """
    mine = f"{hub_cache().resolve()}{os.sep}"
    for link in glob.glob("/proc/self/fd/*"):
        try:
            target = os.readlink(link)
            if target.startswith(mine) and target.endswith(".incomplete"):
                os.unlink(target)
        except OSError:
            continue


class _Download:
    """The client's download in a thread of its own: the main thread shows progress and can be interrupted."""

    def __init__(self, planned: Planned):
        self.finished = threading.Event()
        self.error: BaseException | None = None
        threading.Thread(target=self._run, args=(planned,), daemon=True).start()

    def _run(self, planned: Planned) -> None:
        try:
            snapshot_download(
                planned.id,
                revision=planned.pin.revision,
                cache_dir=hub_cache(),
                allow_patterns=[glob.escape(path) for path in planned.snapshot.needed],
                library_name="atelier",
            )
        except BaseException as error:
            self.error = error
        finally:
            self.finished.set()


def _whole(planned: Planned) -> Snapshot:
    listing = cached_listing(planned.id, planned.pin.revision)
    skip = skipped_folders(planned.settings)
    snapshot = look_at(planned.id, planned.pin.revision, listing, runs_code(planned.settings), skip)
    if snapshot.state != "complete":
        raise PullError("damaged", what_is_missing(planned.name, planned.settings, snapshot), retryable=True)
    return snapshot


def _sweep(blobs: Path) -> None:
    """Removes what killed processes left: the client never goes on with a file of another process."""
    for part in blobs.glob("*.incomplete"):
        try:
            if time.time() - part.stat().st_mtime > _STALE_S:
                part.unlink()
        except OSError:
            continue


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
