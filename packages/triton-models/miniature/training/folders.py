"""Where trainings keep what can be made again."""

import os
from pathlib import Path


def cache_folder() -> Path:
    """`atelier/miniature` in the user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "atelier" / "miniature"
