"""Which weights the settings choose, for the commands that look after several models."""

import argparse
import dataclasses

from ..read_settings import read_settings
from ..settings import SETTINGS, ModelSettings
from .config_parameters import config_parameters


def model_names(text: str) -> list[str]:
    """The names of `--models`, each once. Raises what argparse shows."""
    names = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    unknown = [name for name in names if name not in SETTINGS]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"unknown model {', '.join(unknown)!r}; the models are {', '.join(SETTINGS)}")
    return names


def chosen_settings(name: str, full: bool = False) -> ModelSettings:
    """The settings that the server would have. `full`: of the full profile, whatever is set. Raises `SettingsError`."""
    settings = read_settings(name, config_parameters(name))
    return dataclasses.replace(settings, profile="full") if full else settings
