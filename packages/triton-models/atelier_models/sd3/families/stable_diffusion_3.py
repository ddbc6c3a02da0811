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

# What diffusers takes by default.
_T5_TOKENS = 256


class StableDiffusion3(Family):
    inpainting_class = StableDiffusion3InpaintPipeline
    words_class = StableDiffusion3Pipeline
    denoiser_name = "transformer"

    def check(self, request: PaintRequest) -> None:
        super().check(request)
        if max(self._size_to_paint(request)) > self._longest_side:
            raise BadInputError(f"WIDTH and HEIGHT must be at most {self._longest_side} with this model.")

    @property
    def _multiple(self) -> int:
        return self._inpainting.vae_scale_factor * self.denoiser.config.patch_size

    @property
    def _longest_side(self) -> int:
        """Positions are cut out of a table of so many patches a side."""
        return self.denoiser.config.pos_embed_max_size * self._multiple

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

    def _prompts(self, request: PaintRequest) -> Mapping[str, Any]:
        """T5 reads padding like words, so it gets no more of it than in the training, which its tokenizer knows."""
        reader = self._inpainting.tokenizer_3
        most = _T5_TOKENS if reader is None else min(_T5_TOKENS, reader.model_max_length)
        return {**super()._prompts(request), "max_sequence_length": most}

    def _picture(self, pipeline: DiffusionPipeline, arguments: Mapping[str, Any]) -> Image.Image:
        """
        Decoded here: diffusers 0.42 forgets the VAE's shift when it decodes an inpainted picture (its issue 13611), so
        that colours are off even where nothing was painted.
        """
        latents = pipeline(**arguments, output_type="latent").images
        vae = pipeline.vae
        pixels = vae.decode(latents / vae.config.scaling_factor + vae.config.shift_factor, return_dict=False)[0]
        return pipeline.image_processor.postprocess(pixels, output_type="pil")[0]
