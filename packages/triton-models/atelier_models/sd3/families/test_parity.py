"""Pictures equal, to the last bit, those of the diffusers pipelines called directly on the same weights."""

import numpy
import pytest
import torch
from diffusers import (
    StableDiffusion3InpaintPipeline,
    StableDiffusion3Pipeline,
    StableDiffusionInpaintPipeline,
    StableDiffusionPipeline,
    StableDiffusionXLInpaintPipeline,
    StableDiffusionXLPipeline,
)

from ..conftest import SIDE, from_words, inpainting, picture_of

WORDS = [
    ("sd3", StableDiffusion3Pipeline),
    ("xl", StableDiffusionXLPipeline),
    ("sd", StableDiffusionPipeline),
]
SD3 = ("sd3-unshifted", StableDiffusion3InpaintPipeline)
OTHERS = [
    ("xl", StableDiffusionXLInpaintPipeline),
    ("xl-inpaint", StableDiffusionXLInpaintPipeline),
    ("sd", StableDiffusionInpaintPipeline),
    ("sd-inpaint", StableDiffusionInpaintPipeline),
]
INPAINTING = [
    *((*SD3, strength, guidance) for strength, guidance in ((1.0, 0), (1.0, 1), (1.0, 7), (0.5, 7))),
    *((*other, strength, guidance) for other in OTHERS for strength, guidance in ((1.0, 7), (0.5, 1))),
]


@pytest.fixture
def reference(weights):
    def reference(name, pipeline_class, request, **arguments):
        pipeline = pipeline_class.from_pretrained(weights(name), local_files_only=True)
        pipeline.set_progress_bar_config(disable=True)
        words = {"prompt": request.prompt, "negative_prompt": request.negative_prompt or None}
        if request.image:
            words |= {"image": request.image, "mask_image": request.mask, "strength": request.strength}
        return pipeline, pipeline(
            **(words | {"output_type": "np"} | arguments),
            width=request.width,
            height=request.height,
            num_inference_steps=request.steps,
            guidance_scale=request.guidance,
            generator=torch.Generator().manual_seed(request.seed),
        ).images

    return reference


def as_bytes(picture: numpy.ndarray) -> numpy.ndarray:
    return (picture[0] * 255).round().astype("uint8")


@pytest.mark.parametrize(
    ("name", "pipeline_class", "guidance"),
    [(*WORDS[0], 0), (*WORDS[0], 1), *((*words, 7) for words in WORDS)],
)
def test_from_words(painter_of, reference, name, pipeline_class, guidance):
    request = from_words(guidance=guidance, height=96)
    _, expected = reference(name, pipeline_class, request)
    assert numpy.array_equal(picture_of(painter_of(name), request), as_bytes(expected))


@pytest.mark.parametrize(("name", "pipeline_class", "strength", "guidance"), INPAINTING)
def test_inpainting(painter_of, reference, name, pipeline_class, strength, guidance):
    request = inpainting(strength=strength, guidance=guidance, steps=2, width=96)
    _, expected = reference(name, pipeline_class, request)
    assert numpy.array_equal(picture_of(painter_of(name), request), as_bytes(expected))


@pytest.mark.parametrize("name", ["sd3", "sd3-inpaint"])
def test_sd3_inpainting_with_the_shift_that_diffusers_forgets(painter_of, reference, name):
    request = inpainting(strength=0.5, steps=4)
    pipeline, latents = reference(name, StableDiffusion3InpaintPipeline, request, output_type="latent")
    config = pipeline.vae.config
    assert config.shift_factor == 0.0609
    with torch.no_grad():
        pixels = pipeline.vae.decode(latents / config.scaling_factor + config.shift_factor).sample
    expected = pipeline.image_processor.postprocess(pixels, output_type="np")
    assert numpy.array_equal(picture_of(painter_of(name), request), as_bytes(expected))


def test_without_a_negative_prompt_sdxl_has_zeros_in_its_place(painter_of, reference):
    request = from_words(negative_prompt="")
    _, expected = reference("xl", StableDiffusionXLPipeline, request)
    _, encoded = reference("xl", StableDiffusionXLPipeline, request, negative_prompt="")
    assert not numpy.array_equal(as_bytes(expected), as_bytes(encoded))
    assert numpy.array_equal(picture_of(painter_of("xl"), request), as_bytes(expected))


def test_power_paint_is_sd_with_the_tokens_of_the_task(painter_of, reference):
    def with_task(words, task):
        return " ".join([*words.split(), *(f"{task}_{index}" for index in range(10))])

    for words, task in (("a red cat", "P_obj"), ("", "P_ctxt")):
        request = inpainting(prompt=words, negative_prompt="dull")
        prompts = {"prompt": with_task(words, task), "negative_prompt": with_task("dull", "P_obj")}
        _, expected = reference("power-paint", StableDiffusionInpaintPipeline, request, **prompts)
        picture = picture_of(painter_of("power-paint"), request)
        assert picture.size == (SIDE, SIDE)
        assert numpy.array_equal(picture, as_bytes(expected))
