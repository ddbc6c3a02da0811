"""What a loading that failed says."""

from collections.abc import Callable
from typing import TypeVar

from safetensors import SafetensorError

from ..errors import SettingsError
from ..settings import ModelSettings
from ..weights.locate import random_place

_Pipeline = TypeVar("_Pipeline")
_MOST_CHARACTERS = 300


def loaded(name: str, settings: ModelSettings, load: Callable[[ModelSettings], _Pipeline]) -> _Pipeline:
    """
    What `load(settings)` makes. Weights that are broken, or do not fit their model (torch's RuntimeError), are a
    `SettingsError` of one sentence, whose cause is the library's error.
    """
    try:
        return load(settings)
    except (OSError, ValueError, RuntimeError, SafetensorError) as error:
        weights = settings.model if settings.profile == "full" else random_place(name, settings)
        raise SettingsError(f"{name}: the weights in {weights} cannot be loaded: {_reason(error)}.") from error


def _reason(error: Exception) -> str:
    """The first line of what libraries say, which may be pages."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".: ")[:_MOST_CHARACTERS] if lines else type(error).__name__
