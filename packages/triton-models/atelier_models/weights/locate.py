"""Finds the folder of a model's weights. Nothing is downloaded here: that is `atelier triton pull`."""

import importlib
import shutil
import tempfile
from pathlib import Path

from ..errors import SettingsError
from ..read_settings import cache_folder
from ..settings import ModelSettings

# Part of the folder's name: random weights of an older layout are not found any more.
_RANDOM_LAYOUT = 1


def weights_folder(name: str, settings: ModelSettings) -> Path:
    """
    The folder that `from_pretrained` reads for the model `name`: random weights (made here once), a folder of the
    user's, or a snapshot in the Hugging Face cache. Raises `SettingsError` when there is none, with what to do.
    """
    if settings.profile == "random":
        return random_folder(name, settings)
    if Path(settings.model).is_dir():
        return Path(settings.model)
    raise SettingsError(f"{name}: the weights of {settings.model} are not here; `atelier triton pull` fetches them.")


def random_folder(name: str, settings: ModelSettings) -> Path:
    """Tiny random weights, the same on every machine. Made in a folder beside, then renamed: never half there."""
    folder = cache_folder(settings) / f"random-{_RANDOM_LAYOUT}" / name
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{name}-"))
    try:
        importlib.import_module(f"atelier_models.{name}.random_weights").build(making)
        making.rename(folder)
    except OSError:
        # Another process was quicker.
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder
