"""Reads a model's settings from config.pbtxt and the environment, and says what is wrong with them."""

import dataclasses
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from .errors import SettingsError
from .settings import SETTINGS, ModelSettings

_Settings = TypeVar("_Settings", bound=ModelSettings)
_BOOLS = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}


def read_settings(
    name: str, parameters: Mapping[str, str] | None = None, environment: Mapping[str, str] | None = None
) -> ModelSettings:
    """
    The settings of the model `name`. `parameters`: of its config.pbtxt, as text.
    Raises `SettingsError` for an unknown parameter or a value that cannot be used.
    """
    environment = os.environ if environment is None else environment
    parameters = parameters or {}
    settings = SETTINGS[name]
    fields = {field.name: field for field in dataclasses.fields(settings)}
    unknown = sorted(set(parameters) - set(fields))
    if unknown:
        raise SettingsError(f"{name}: unknown setting {unknown[0]}; the settings are {', '.join(fields)}.")
    values = {}
    for field in fields.values():
        source, text = _find(name, field.name, parameters, environment)
        if text is not None:
            values[field.name] = _value(field, text.strip(), f"{name}: {source}")
    return settings(**values)


def variables_of(name: str) -> list[str]:
    """Every environment variable that a setting of the model `name` is read from."""
    return [variable for field in dataclasses.fields(SETTINGS[name]) for variable in _variables(name, field.name)]


def cache_folder(settings: ModelSettings) -> Path:
    """Where what can be made again is kept: `cache`, else `atelier` in the user's cache folder."""
    if settings.cache:
        return Path(settings.cache)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "atelier"


def _variables(name: str, key: str) -> tuple[str, str]:
    """The one of this model comes first."""
    return f"ATELIER_{name}_{key}".upper(), f"ATELIER_{key}".upper()


def _find(name: str, key: str, parameters: Mapping[str, str], environment: Mapping[str, str]):
    for variable in _variables(name, key):
        if environment.get(variable, "").strip():
            return variable, environment[variable]
    return f"the parameter {key}", parameters.get(key) or None


def _value(field: dataclasses.Field, text: str, where: str):
    kind = type(field.default)
    if kind is bool:
        if text.lower() not in _BOOLS:
            raise SettingsError(f"{where} must be true or false, not {text!r}.")
        return _BOOLS[text.lower()]
    if kind in (int, float):
        return _number(field, text, where, kind)
    choices = field.metadata["choices"]
    if choices and text not in choices:
        raise SettingsError(f"{where} must be one of {', '.join(choices)}, not {text!r}.")
    return text


def _number(field: dataclasses.Field, text: str, where: str, kind: type):
    what = "whole number" if kind is int else "number"
    try:
        value = kind(text)
    except ValueError:
        raise SettingsError(f"{where} must be a {what}, not {text!r}.") from None
    low, high = field.metadata["low"], field.metadata["high"]
    # Written so that a value that is not a number is refused too.
    if not ((low is None or value >= low) and (high is None or value <= high)):
        limits = f"at least {low}" if high is None else f"from {low} to {high}"
        raise SettingsError(f"{where} must be {limits}, not {text}.")
    return value
