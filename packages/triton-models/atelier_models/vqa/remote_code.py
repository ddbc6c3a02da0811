"""Weights whose Python comes with them, and when it may run."""

import transformers
from transformers.models.auto.configuration_auto import CONFIG_MAPPING_NAMES

from ..errors import SettingsError
from ..settings import VqaSettings
from ..weights.catalogue import CATALOGUE
from ..weights.locate import own_folder
from ..weights.lock import pin_of

IN_THE_LIBRARY = "llava-hf/llava-onevision-qwen2-0.5b-ov-hf"
_INSTEAD = f"or use a model that transformers has itself: ATELIER_VQA_MODEL={IN_THE_LIBRARY}"


def needs_remote_code(config: dict) -> bool:
    """`config`: of config.json. What the library knows never runs other code, even where some comes with it."""
    return "auto_map" in config and config.get("model_type") not in CONFIG_MAPPING_NAMES


def check_before_weights(settings: VqaSettings) -> None:
    """The same as `check_remote_code` as far as it is known without the weights: nobody fetches them for nothing."""
    known = CATALOGUE.get(settings.model)
    if settings.profile == "full" and known and known.remote_code:
        _check_trust(settings)


def check_remote_code(settings: VqaSettings) -> None:
    """Raises `SettingsError` unless a person trusts the code, and chose the commit: it cannot change behind them."""
    _check_trust(settings)
    if own_folder("vqa", settings):
        return
    pin = pin_of("vqa", settings)
    if pin is None or pin.source == "catalogue":
        raise SettingsError(
            f"vqa: code of {settings.model} is only run at a commit that you chose: `atelier triton pull --models vqa` "
            f"asks for it, or set ATELIER_VQA_REVISION to its 40 digits; {_INSTEAD}."
        )


def remote_code_failed(settings: VqaSettings, error: Exception) -> SettingsError:
    return SettingsError(
        f"vqa: the Python code that comes with {settings.model} does not work with transformers "
        f"{transformers.__version__} ({type(error).__name__}: {error}). Choose a commit of it that was made for this "
        f"version; {_INSTEAD}."
    )


def _check_trust(settings: VqaSettings) -> None:
    if not settings.trust_remote_code:
        raise SettingsError(
            f"vqa: {settings.model} needs Python code that comes with its weights and that would run on this machine. "
            f"Read it, then set ATELIER_VQA_TRUST_REMOTE_CODE=true; {_INSTEAD}."
        )
