"""The `parameters` of a model's config.pbtxt, for those who read settings without a Triton server."""

import re
from pathlib import Path

_MODELS = Path(__file__).resolve().parents[2] / "models"
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_PARAMETER = re.compile(r'key:\s*"([^"]*)"[\s,;]*value:?\s*\{\s*string_value:\s*"([^"]*)"')


def config_parameters(name: str, models: Path = _MODELS) -> dict[str, str]:
    """Setting to text. Empty when the model has no config.pbtxt."""
    file = models / name / "config.pbtxt"
    if not file.is_file():
        return {}
    return dict(_PARAMETER.findall(_COMMENT.sub("", file.read_text("utf-8"))))
