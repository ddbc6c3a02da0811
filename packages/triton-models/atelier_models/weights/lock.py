"""
Which commit of a repository is used on this machine. A pull that had to take the newest commit, or that brings code
which will run, writes down the commit that the person confirmed; from then on everybody uses exactly that one.
"""

import json
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import constants
from huggingface_hub.utils import WeakFileLock

from ..errors import SettingsError
from ..settings import ModelSettings
from .catalogue import CATALOGUE

COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class Pin:
    """A commit and who says so: `settings`, `lock` or `catalogue`."""

    revision: str
    source: str


def hub_cache() -> Path:
    """The hub's own cache folder (`HF_HUB_CACHE`, else `hub` in `HF_HOME`)."""
    return Path(constants.HF_HUB_CACHE).expanduser()


def lock_file() -> Path:
    """Beside the weights, so that it goes where they go."""
    return hub_cache() / "atelier-weights.json"


def pin_of(name: str, settings: ModelSettings) -> Pin | None:
    """The commit to fetch; None: nobody has chosen one yet. Raises `SettingsError`."""
    if settings.revision:
        # A branch moves, and a shortened commit may come to mean two.
        if not COMMIT.fullmatch(settings.revision):
            raise SettingsError(
                f"{name}: the setting revision must be a full commit of 40 hexadecimal digits, "
                f"not {settings.revision!r}."
            )
        return Pin(settings.revision, "settings")
    if locked := locked_revisions().get(settings.model):
        return Pin(locked, "lock")
    known = CATALOGUE.get(settings.model)
    return Pin(known.revision, "catalogue") if known and known.revision else None


def locked_revisions() -> dict[str, str]:
    """The commit of each locked repository. Raises `SettingsError` when the file cannot be read."""
    file = lock_file()
    try:
        weights = json.loads(file.read_text("utf-8"))["weights"]
        revisions = {id: entry["revision"] for id, entry in weights.items()}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(
            f"{file} cannot be read ({type(error).__name__}); mend it, or remove it and pull again."
        ) from None
    if not all(isinstance(revision, str) and COMMIT.fullmatch(revision) for revision in revisions.values()):
        raise SettingsError(f"{file} has a revision that is not a full commit; mend it, or remove it and pull again.")
    return revisions


def lock(revisions: dict[str, str]) -> None:
    """Writes commits down, whole or not at all, and leaves those of other repositories. Raises `OSError`."""
    file = lock_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    (file.parent / ".locks").mkdir(exist_ok=True)
    with WeakFileLock(file.parent / ".locks" / f"{file.name}.lock"):
        merged = {**locked_revisions(), **revisions}
        weights = {id: {"revision": merged[id]} for id in sorted(merged)}
        handle, path = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(json.dumps({"weights": weights}, indent=2) + "\n")
            # mkstemp is for its maker alone; this file is for everybody who reads the cache.
            os.chmod(path, 0o644)
            os.replace(path, file)
        except BaseException:
            Path(path).unlink(missing_ok=True)
            raise
