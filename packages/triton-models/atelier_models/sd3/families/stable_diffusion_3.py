"""Stable Diffusion 3 and 3.5 (Esser et al. 2024, arXiv:2403.03206)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from diffusers import DiffusionPipeline, StableDiffusion3InpaintPipeline, StableDiffusion3Pipeline
from PIL import Image

from ...errors import BadInputError
from ...precision import place
from ...settings import Sd3Settings
from ..request import PaintRequest
from ..strength import strength_rounding_up
from .family import Family


class StableDiffusion3(Family):
    inpainting_class = StableDiffusion3InpaintPipeline
    words_class = StableDiffusion3Pipeline
    denoiser_name = "transformer"

    def check(self, request: PaintRequest) -> None:
        super().check(request)
        config = self.denoiser.config
        # Positions are cut out of a table of this many patches a side.
        most = config.pos_embed_max_size * config.patch_size * self._inpainting.vae_scale_factor
        if max(request.width, request.height) > most:
            raise BadInputError(f"WIDTH and HEIGHT must be at most {most} with this model.")

    @classmethod
    def _load_arguments(cls, settings: Sd3Settings) -> Mapping[str, Any]:
        # diffusers puts zeros in its place, as SD3 was trained for.
        return {} if settings.text_encoder_3 else {"text_encoder_3": None, "tokenizer_3": None}

    @classmethod
    def _place_large_parts(cls, pipeline: DiffusionPipeline, settings: Sd3Settings) -> None:
        # First, and out of the way again with `offload`: this and the transformer need not fit together.
        if pipeline.text_encoder_3 is not None:
            place(pipeline.text_encoder_3, replace(settings, compile=False))
            if settings.offload:
                pipeline.text_encoder_3.to("cpu")
        super()._place_large_parts(pipeline, settings)

    def _strength(self, request: PaintRequest) -> float:
        return strength_rounding_up(request.strength, request.steps)

    def _picture(self, pipeline: DiffusionPipeline, arguments: Mapping[str, Any]) -> Image.Image:
        """
        Decoded here: diffusers 0.42 forgets the VAE's shift when it decodes an inpainted picture (its issue 13611), so
        that colours are off even where nothing was painted.
        """
        latents = pipeline(**arguments, output_type="latent").images
        vae = pipeline.vae
        pixels = vae.decode(latents / vae.config.scaling_factor + vae.config.shift_factor, return_dict=False)[0]
        return pipeline.image_processor.postprocess(pixels, output_type="pil")[0]
