"""What every detector can do, and which one the weights ask for."""

from collections.abc import Sequence
from typing import Protocol

from transformers import AutoConfig

from ..errors import SettingsError
from ..settings import Owlv2Settings
from ..weights.locate import weights_folder
from .grounding_dino import load_grounding_dino
from .owlv2_detector import load_owlv2
from .request import DetectionRequest, Detections

_LOADERS = {"owlv2": load_owlv2, "grounding-dino": load_grounding_dino}


class Detector(Protocol):
    """Finds things by phrases."""

    settings: Owlv2Settings

    def detect(self, requests: Sequence[DetectionRequest]) -> list[Detections | Exception]:
        """
        One result a request, in their order. A picture that cannot be decoded gives a `BadInputError` in its place
        and does not disturb the others.
        """

    def warm_up(self) -> None:
        """Runs the real path once, so that the first request is not slow."""


def load(settings: Owlv2Settings) -> Detector:
    """The detector for the weights of the settings, by the `model_type` of their own config. Raises `SettingsError`."""
    folder = weights_folder("owlv2", settings)
    kind = AutoConfig.from_pretrained(folder, local_files_only=True).model_type
    if kind not in _LOADERS:
        raise SettingsError(f"owlv2: {settings.model} is a {kind} model; taken are {' and '.join(_LOADERS)}.")
    return _LOADERS[kind](folder, settings)
