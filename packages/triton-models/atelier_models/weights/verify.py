"""Compares files of the hub's cache with their checksums, which are the names of the contents they point to."""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

_CHUNK = 4 * 2**20


def differing_files(folder: Path, paths: Iterable[str], advance: Callable[[int], None]) -> list[str]:
    """
    The paths in the snapshot `folder` whose content is not what the hub has. `advance` is told the bytes read.
    What has no checksum here (a cache without links) is passed over.
    """
    return [path for path in paths if not _intact(folder / path, advance)]


def _intact(file: Path, advance: Callable[[int], None]) -> bool:
    blob = Path(os.path.realpath(file))
    size = blob.stat().st_size
    if len(blob.name) == 64:
        digest = hashlib.sha256()
    elif len(blob.name) == 40:
        # Small files are known by git's name for them.
        digest = hashlib.sha1(b"blob %d\0" % size)
    else:
        return True
    with blob.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            advance(len(chunk))
    return digest.hexdigest() == blob.name
