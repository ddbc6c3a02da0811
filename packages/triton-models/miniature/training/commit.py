"""Which code runs, as git knows it."""

import subprocess
from pathlib import Path


def commit_of(folder: Path) -> str | None:
    """Of a folder's Python files, with "-dirty" where they are not as committed. None where git does not have them."""
    tracked = _git(folder, "ls-files", "--", "*.py")
    commit = _git(folder, "rev-parse", "HEAD")
    if not tracked or not commit:
        return None
    return f"{commit}-dirty" if _git(folder, "status", "--porcelain", "--", "*.py") else commit


def _git(folder: Path, *words: str) -> str | None:
    try:
        said = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.stdout.strip()
