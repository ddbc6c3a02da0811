"""Looks at what is in the hub's cache, without any network access and without reading whole files."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import get_cached_repo_tree
from huggingface_hub.errors import CachedRepoTreeNotFoundError
from huggingface_hub.file_download import repo_folder_name

from .files import needed_files
from .lock import hub_cache

_MOST_HEADER_BYTES = 100_000_000


@dataclass(frozen=True)
class Snapshot:
    """
    What of one commit is here. `needed` and `sizes`: as the hub listed them, else (a cache that something else filled)
    as far as the files here tell. `missing` and `damaged` are paths in the repository; damaged ones are here.
    """

    folder: Path
    needed: list[str]
    sizes: dict[str, int]
    missing: list[str]
    damaged: list[str]
    empty: bool

    @property
    def state(self) -> str:
        if self.damaged:
            return "damaged"
        if not self.missing:
            return "complete"
        return "missing" if self.empty else "partial"

    @property
    def missing_bytes(self) -> int:
        return sum(self.sizes.get(path, 0) for path in [*self.missing, *self.damaged])


def repo_folder(id: str) -> Path:
    return hub_cache() / repo_folder_name(repo_id=id, repo_type="model")


def cached_listing(id: str, revision: str) -> dict[str, int] | None:
    """Path to size of all files of a commit, as the hub listed them once; None if nobody asked it on this machine."""
    try:
        return {file.path: file.size for file in get_cached_repo_tree(id, revision=revision, cache_dir=hub_cache())}
    except CachedRepoTreeNotFoundError:
        return None


def look_at(
    id: str, revision: str, listing: dict[str, int] | None, remote_code: bool, skip: tuple[str, ...]
) -> Snapshot:
    """The snapshot of `revision`, measured against `listing` (`cached_listing` or the hub's answer) if there is one."""
    folder = repo_folder(id) / "snapshots" / revision
    here = {path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    sizes = here if listing is None else listing
    needed = needed_files(sizes, remote_code, skip)
    listed_gaps = [path for path in needed if path not in here]
    missing = _unlisted_gaps(folder, here, needed) if listing is None else listed_gaps
    empty = not any(path in here for path in needed) and not (listing is None and here)
    return Snapshot(folder, needed, sizes, missing, _damaged(folder, needed, sizes), empty)


def header_fault(path: Path) -> str | None:
    """What is wrong with a safetensors file, by its header and its length; None if nothing is."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            length = int.from_bytes(stream.read(8), "little")
            if size < 8 or length > min(_MOST_HEADER_BYTES, size - 8):
                return "cut off"
            header = json.loads(stream.read(length))
        ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "not readable"
    return None if 8 + length + max(ends, default=0) == size else "not as long as its header says"


def remove(snapshot_folder: Path, paths: list[str]) -> None:
    """Takes files out of the cache, with the contents they point to, so that the hub's client fetches them again."""
    for path in paths:
        pointer = snapshot_folder / path
        blob = Path(os.path.realpath(pointer))
        pointer.unlink(missing_ok=True)
        if blob.parent == snapshot_folder.parents[1].resolve() / "blobs":
            blob.unlink(missing_ok=True)


def _damaged(folder: Path, paths: list[str], sizes: dict[str, int]) -> list[str]:
    damaged = []
    for path in paths:
        file = folder / path
        if not file.is_file():
            continue
        wrong_size = file.stat().st_size != sizes[path]
        if wrong_size or (path.endswith(".safetensors") and header_fault(file)) or _index_fault(file, path, paths):
            damaged.append(path)
    return damaged


def _index_fault(file: Path, path: str, needed: list[str]) -> bool:
    """Whether this is an index of weights that cannot be read, or names parts that the repository does not have."""
    if not path.endswith(".index.json"):
        return False
    folder = path[: -len(file.name)]
    try:
        parts = set(json.loads(file.read_text("utf-8"))["weight_map"].values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return True
    return not {folder + part for part in parts} <= set(needed)


def _unlisted_gaps(folder: Path, here: dict[str, int], needed: list[str]) -> list[str]:
    """What is missing in a folder that the hub's client did not list: its weights, or components of its pipeline."""
    if not here:
        return ["config.json and weights"]
    if not needed:
        return ["weights"]
    if "model_index.json" not in here:
        return [] if "config.json" in here else ["config.json"]
    try:
        index = json.loads((folder / "model_index.json").read_text("utf-8"))
    except (OSError, ValueError):
        return ["model_index.json"]
    parts = [name for name, kind in index.items() if isinstance(kind, list) and kind[0]]
    return [f"{part}/" for part in parts if not any(path.startswith(f"{part}/") for path in needed)]
