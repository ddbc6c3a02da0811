"""Finds the folder of a model's weights. Nothing is downloaded here: that is `atelier triton pull`."""

import importlib
import re
import shutil
import tempfile
from pathlib import Path

from ..errors import SettingsError
from ..read_settings import cache_folder
from ..settings import ModelSettings
from .catalogue import CATALOGUE
from .files import skipped_folders
from .lock import Pin, pin_of
from .snapshot import Snapshot, cached_listing, look_at

# Part of the folder's name: random weights of an older layout are not found any more.
_RANDOM_LAYOUT = 2
# Beside this package, in the npm package too.
MINIATURES = Path(__file__).resolve().parents[2] / "miniature" / "weights"
_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")


def weights_folder(name: str, settings: ModelSettings) -> Path:
    """
    The folder that `from_pretrained` reads for the model `name`: random weights (made here once), the miniature that
    comes along, a folder of the user's, or a snapshot in the Hugging Face cache, whole. Raises `SettingsError` when
    there is none, with what to do.
    """
    if settings.profile == "miniature":
        return miniature_folder(name)
    if settings.profile == "random":
        return random_folder(name, settings)
    if folder := own_folder(name, settings):
        return folder
    found = hub_snapshot(name, settings)
    if found is None or found[1].state != "complete":
        raise SettingsError(what_is_missing(name, settings, found[1] if found else None))
    return found[1].folder


def miniature_folder(name: str) -> Path:
    """Weights that know Blockworld alone. Raises `SettingsError` where they did not come along."""
    folder = MINIATURES / name
    if not folder.is_dir():
        raise SettingsError(f"{name}: the miniature weights, which come with the package, are not in {folder}.")
    return folder


def own_folder(name: str, settings: ModelSettings) -> Path | None:
    """The folder of the person's that `model` names; None if it names a repository. Raises `SettingsError`."""
    folder = Path(settings.model).expanduser()
    if folder.is_dir():
        return folder
    if not _HUB_ID.fullmatch(settings.model):
        raise SettingsError(f"{name}: {settings.model!r} is neither a folder that is here nor a name on the hub.")
    return None


def hub_snapshot(name: str, settings: ModelSettings) -> tuple[Pin, Snapshot] | None:
    """The chosen commit and what of it is here; None when no commit was chosen yet. Raises `SettingsError`."""
    pin = pin_of(name, settings)
    # The catalogue may propose code, but only a person may say that it runs.
    if pin is None or (pin.source == "catalogue" and runs_code(settings)):
        return None
    listing = cached_listing(settings.model, pin.revision)
    return pin, look_at(settings.model, pin.revision, listing, runs_code(settings), skipped_folders(settings))


def runs_code(settings: ModelSettings) -> bool:
    """Whether Python of the repository is part of the weights."""
    known = CATALOGUE.get(settings.model)
    return bool(known and known.remote_code) or getattr(settings, "trust_remote_code", False)


def what_is_missing(name: str, settings: ModelSettings, snapshot: Snapshot | None) -> str:
    """One sentence with the command that helps."""
    pull = f"`atelier triton pull --models {name}`"
    if snapshot is None or snapshot.state == "missing":
        return f"{name}: the weights of {settings.model} are not here; {pull} fetches them."
    if snapshot.state == "damaged":
        return f"{name}: {_some(snapshot.damaged)} of {settings.model} is damaged; {pull} fetches it again."
    return f"{name}: {settings.model} is here in part, without {_some(snapshot.missing)}; {pull} fetches the rest."


def _some(files: list[str]) -> str:
    return ", ".join(files[:3]) + (f" and {len(files) - 3} more" if len(files) > 3 else "")


def random_folder(name: str, settings: ModelSettings) -> Path:
    """Tiny random weights, the same on every machine. Made in a folder beside, then renamed: never half there."""
    folder = random_place(name, settings)
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


def place_of(name: str, settings: ModelSettings) -> str | Path:
    """What errors name: a folder, or an id of the hub."""
    places = {"random": random_place(name, settings), "miniature": MINIATURES / name}
    return places.get(settings.profile, settings.model)


def random_place(name: str, settings: ModelSettings) -> Path:
    return cache_folder(settings) / f"random-{_RANDOM_LAYOUT}" / name
