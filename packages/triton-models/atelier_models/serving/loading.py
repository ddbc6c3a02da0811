"""What a loading that failed says."""

from collections.abc import Callable
from typing import TypeVar

import torch
from safetensors import SafetensorError

from ..errors import SettingsError
from ..settings import ModelSettings
from ..weights.locate import random_place

_Pipeline = TypeVar("_Pipeline")
_MOST_CHARACTERS = 300


def loaded(name: str, settings: ModelSettings, load: Callable[[ModelSettings], _Pipeline]) -> _Pipeline:
    """
    What `load(settings)` makes, warmed up. Weights that are broken, or do not fit their model (torch's RuntimeError, or
    the TypeError of a library that misses a file), are a `SettingsError` of one sentence, whose cause is the library's.
    """
    try:
        pipeline = load(settings)
        pipeline.warm_up()
        return pipeline
    except (OSError, ValueError, RuntimeError, TypeError, SafetensorError) as error:
        weights = settings.model if settings.profile == "full" else random_place(name, settings)
        raise SettingsError(f"{name}: the weights in {weights} cannot be loaded: {_reason(error)}.") from error


def check_device(name: str, device: str) -> None:
    """Raises `SettingsError` for a device that torch does not have."""
    try:
        kind = torch.device(device)
    except RuntimeError:
        raise SettingsError(f"{name}: the setting device must be auto, cpu, cuda or cuda:N, not {device!r}.") from None
    if kind.type == "cuda" and (not torch.cuda.is_available() or (kind.index or 0) >= torch.cuda.device_count()):
        raise SettingsError(f"{name}: the setting device is {device}, but torch {torch.__version__} sees no such GPU.")


def _reason(error: Exception) -> str:
    """The first line of what libraries say, which may be pages."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".: ")[:_MOST_CHARACTERS] if lines else type(error).__name__
