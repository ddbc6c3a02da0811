"""Reads the JSON files that come with weights."""

import json
from pathlib import Path

from ..errors import SettingsError


def read_json(file: Path) -> dict:
    """Raises `SettingsError` where the file is not here or is no JSON object."""
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"vqa: {file.parent} has no {file.name}, so it holds no weights of a model.") from None
    except ValueError as error:
        raise SettingsError(f"vqa: {file} is not JSON that can be read: {error}.") from error
    if not isinstance(values, dict):
        raise SettingsError(f"vqa: {file} must hold a JSON object.")
    return values
