"""Weights whose Python comes with them, and when it may run."""

import re
from pathlib import Path

import transformers
from transformers.models.auto.configuration_auto import CONFIG_MAPPING_NAMES

from ..errors import SettingsError
from ..settings import VqaSettings

IN_THE_LIBRARY = "llava-hf/llava-onevision-qwen2-0.5b-ov-hf"


def needs_remote_code(config: dict) -> bool:
    """`config`: of config.json. What the library knows never runs other code, even where some comes with it."""
    return "auto_map" in config and config.get("model_type") not in CONFIG_MAPPING_NAMES


def check_remote_code(settings: VqaSettings) -> None:
    """Raises `SettingsError` unless the code is trusted explicitly, and cannot change behind the person's back."""
    instead = f"or use a model that transformers has itself: ATELIER_VQA_MODEL={IN_THE_LIBRARY}"
    if not settings.trust_remote_code:
        raise SettingsError(
            f"vqa: {settings.model} needs Python code that comes with its weights and that would run on this machine. "
            f"Read it, then set ATELIER_VQA_TRUST_REMOTE_CODE=true; {instead}."
        )
    is_pinned = re.fullmatch("[0-9a-f]{40}", settings.revision) is not None
    if not is_pinned and not Path(settings.model).is_dir():
        raise SettingsError(
            f"vqa: code of {settings.model} is only run at a pinned commit. Set ATELIER_VQA_REVISION to the 40 digits "
            f"of the one that you read; {instead}."
        )


def remote_code_failed(settings: VqaSettings, error: Exception) -> SettingsError:
    return SettingsError(
        f"vqa: the Python code that comes with {settings.model} does not work with transformers "
        f"{transformers.__version__} ({type(error).__name__}: {error}). Use a commit of it that was made for this "
        f"version, or a model that transformers has itself: ATELIER_VQA_MODEL={IN_THE_LIBRARY}."
    )
