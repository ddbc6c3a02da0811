"""Stable Diffusion XL (Podell et al. 2023, arXiv:2307.01952); UNets of 9 channels only inpaint, those of 4 do both."""

from collections.abc import Mapping
from typing import Any

from diffusers import DiffusionPipeline, StableDiffusionXLInpaintPipeline, StableDiffusionXLPipeline

from ...settings import Sd3Settings
from ..request import PaintRequest
from ..strength import strength_rounding_down
from .family import Family


class StableDiffusionXl(Family):
    """In fp16 its VAE overflows; the pipelines compute it in fp32 then, where its config says `force_upcast`."""

    inpainting_class = StableDiffusionXLInpaintPipeline
    words_class = StableDiffusionXLPipeline

    @classmethod
    def _load_arguments(cls, settings: Sd3Settings) -> Mapping[str, Any]:
        # Otherwise an invisible watermark depends on which other packages are installed.
        return {"add_watermarker": False}

    def _share(self, inpainting: DiffusionPipeline) -> DiffusionPipeline:
        zeros = inpainting.config.force_zeros_for_empty_prompt
        return self.words_class(**inpainting.components, force_zeros_for_empty_prompt=zeros, add_watermarker=False)

    def _strength(self, request: PaintRequest) -> float:
        return strength_rounding_down(request.strength, request.steps)
