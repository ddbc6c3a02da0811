"""What a loading that failed says."""

import re
from collections.abc import Callable
from typing import TypeVar

import torch
from safetensors import SafetensorError

from ..errors import SettingsError, is_out_of_memory
from ..settings import ModelSettings
from ..weights.locate import place_of

_Pipeline = TypeVar("_Pipeline")
_MOST_CHARACTERS = 300
_FAULTS = (OSError, ValueError, RuntimeError, TypeError, MemoryError, SafetensorError)


def loaded(name: str, settings: ModelSettings, load: Callable[[ModelSettings], _Pipeline]) -> _Pipeline:
    """
    What `load(settings)` makes, warmed up. Weights that are broken, or do not fit their model (torch's RuntimeError, or
    the TypeError of a library that misses a file), are a `SettingsError` of one sentence, whose cause is the library's.
    """
    try:
        pipeline = load(settings)
    except _FAULTS as error:
        what = f"the weights in {place_of(name, settings)} cannot be loaded"
        raise SettingsError(_sentence(name, settings, what, error)) from error
    try:
        pipeline.warm_up()
    except _FAULTS as error:
        raise SettingsError(_sentence(name, settings, f"cannot be run on {settings.device}", error)) from error
    return pipeline


def _sentence(name: str, settings: ModelSettings, what: str, error: Exception) -> str:
    if is_out_of_memory(error):
        return f"{name}: there is not enough memory on {settings.device}."
    return f"{name}: {what}: {_reason(error)}."


def check_device(name: str, device: str) -> None:
    """Raises `SettingsError` for a device that torch does not have."""
    if not re.fullmatch(r"cpu|cuda(:\d+)?", device):
        raise SettingsError(f"{name}: the setting device must be auto, cpu, cuda or cuda:N, not {device!r}.")
    index = torch.device(device).index or 0
    if device != "cpu" and (not torch.cuda.is_available() or index >= torch.cuda.device_count()):
        raise SettingsError(f"{name}: the setting device is {device}, but torch {torch.__version__} sees no such GPU.")


def _reason(error: Exception) -> str:
    """The first line of what libraries say, which may be pages."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".: ")[:_MOST_CHARACTERS] if lines else type(error).__name__
