"""Stable Diffusion 1 and 2 (Rombach et al. 2021, arXiv:2112.10752); 9-channel UNets only inpaint."""

from collections.abc import Mapping
from typing import Any

from diffusers import DiffusionPipeline, StableDiffusionInpaintPipeline, StableDiffusionPipeline
from PIL import Image

from ...errors import BadInputError
from ..request import PaintRequest
from ..strength import strength_rounding_down
from .family import Family


class StableDiffusion(Family):
    inpainting_class = StableDiffusionInpaintPipeline
    words_class = StableDiffusionPipeline

    def _share(self, inpainting: DiffusionPipeline) -> DiffusionPipeline:
        return self.words_class(
            **inpainting.components, requires_safety_checker=inpainting.config.requires_safety_checker
        )

    def _strength(self, request: PaintRequest) -> float:
        return strength_rounding_down(request.strength, request.steps)

    def _picture(self, pipeline: DiffusionPipeline, arguments: Mapping[str, Any]) -> Image.Image:
        output = pipeline(**arguments, output_type="pil")
        # The pipeline has blackened it, which would go unnoticed in the middle of a picture.
        if output.nsfw_content_detected and output.nsfw_content_detected[0]:
            raise BadInputError("The model's safety checker held this picture back; try other words or another seed.")
        return output.images[0]
