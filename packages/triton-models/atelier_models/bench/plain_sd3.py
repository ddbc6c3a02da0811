"""Stable Diffusion 3 as its page in the documentation of diffusers (api/pipelines/stable_diffusion_3) shows it."""

import io
from collections.abc import Callable
from pathlib import Path

import torch
from diffusers import StableDiffusion3InpaintPipeline, StableDiffusion3Pipeline
from PIL import Image

from ..inputs import Inputs
from ..precision import torch_dtype
from ..settings import Sd3Settings


def make(folder: Path, settings: Sd3Settings) -> Callable[[Inputs], object]:
    """The picture stays a picture: it is not written as PNG."""
    without_t5 = {} if settings.text_encoder_3 else {"text_encoder_3": None, "tokenizer_3": None}
    words = StableDiffusion3Pipeline.from_pretrained(folder, dtype=torch_dtype(settings), **without_t5)
    words.to(settings.device)
    inpainting = StableDiffusion3InpaintPipeline(**words.components)
    for pipeline in (words, inpainting):
        pipeline.set_progress_bar_config(disable=True)

    def run(request: Inputs) -> object:
        arguments = {
            "prompt": request.text("PROMPT", settings.most_characters),
            "negative_prompt": request.text("NEGATIVE_PROMPT", settings.most_characters),
            "width": request.integer("WIDTH", 1, settings.longest_edge),
            "height": request.integer("HEIGHT", 1, settings.longest_edge),
            "num_inference_steps": request.integer("STEPS", 1, settings.most_steps),
            "guidance_scale": request.number("GUIDANCE", 0, 30),
            "generator": torch.Generator("cpu").manual_seed(request.integer("SEED", 0, 2**63 - 1)),
        }
        picture, mask = request.blob("IMAGE"), request.blob("MASK")
        if picture is None or mask is None:
            return words(**arguments).images[0]
        return inpainting(
            **arguments,
            image=Image.open(io.BytesIO(picture)).convert("RGB"),
            mask_image=Image.open(io.BytesIO(mask)).convert("L"),
            strength=request.number("STRENGTH", 0, 1),
        ).images[0]

    return run
