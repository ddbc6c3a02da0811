"""Where trainings keep what can be made again."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

# Part of a folder's name: what was drawn of an older world is not found any more.
_WORLD = 1


def cache_folder() -> Path:
    """`atelier/miniature` in the user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "atelier" / "miniature"


def world_folder(folder: Path | None = None) -> Path:
    """For whatever is drawn of scenes. folder: instead of the cache's."""
    return (folder or cache_folder()) / f"scenes-{_WORLD}"


def made_once(place: Path, make: Callable[[Path], None]) -> Path:
    """
    The place, after `make(folder)` unless it was there; the folder becomes the place when it is whole. Other processes
    wait meanwhile.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with open(place.with_name(f".{place.name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if place.is_dir():
            return place
        making = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}-"))
        try:
            make(making)
            making.rename(place)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    return place
