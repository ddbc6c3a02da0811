"""Finds the family of weights. A new family is a file beside this one and its line in `FAMILIES`."""

from pathlib import Path

from ...errors import SettingsError
from ...settings import Sd3Settings
from .family import Family
from .power_paint import PowerPaint
from .stable_diffusion import StableDiffusion
from .stable_diffusion_3 import StableDiffusion3
from .stable_diffusion_xl import StableDiffusionXl

# The first that matches: the special ones before the plain ones.
FAMILIES: tuple[type[Family], ...] = (StableDiffusion3, StableDiffusionXl, PowerPaint, StableDiffusion)


def load_family(folder: Path, settings: Sd3Settings) -> Family:
    """The weights in the folder, of whichever family they are. Raises `SettingsError` for unknown ones."""
    if not (folder / "model_index.json").is_file():
        raise SettingsError(f"sd3: {folder} is not a diffusers pipeline: it has no model_index.json.")
    family = next((family for family in FAMILIES if family.matches(folder)), None)
    if family is None:
        known = ", ".join(family.inpainting_class.__name__ for family in FAMILIES)
        raise SettingsError(f"sd3: the pipeline in {folder} is not one that can be used; known are {known}.")
    return family.load(folder, settings)
