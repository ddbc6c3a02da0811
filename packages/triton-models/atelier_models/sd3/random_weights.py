"""Tiny pipelines with random weights of the production classes. `build` is SD3; the others are for tests."""

from pathlib import Path

from diffusers import (
    DDIMScheduler,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    SD3Transformer2DModel,
    StableDiffusion3Pipeline,
    StableDiffusionInpaintPipeline,
    StableDiffusionXLInpaintPipeline,
)

from .random_parts import CLIP_WIDTH, RandomParts, clip_tokenizer, t5_tokenizer

_SD3_LATENTS = 16
# Latents a side of the pictures of the training: 1024 pixels of SD3 Medium and SDXL, 512 of Stable Diffusion 1.5.
_SAMPLES, _SAMPLES_OF_SD = 128, 64
# Positions for pictures of 2048 pixels a side: two pixels of latents, so 16 of the picture, each.
_POSITIONS = 128


def build(
    folder: Path,
    seed: int = 0,
    shift_factor: float = 0.0609,
    in_channels: int = _SD3_LATENTS,
    sample_size: int = _SAMPLES,
) -> None:
    """Stable Diffusion 3. 16 input channels are SD3's own; with 33 the transformer only inpaints."""
    parts = RandomParts(seed)
    tokenizer, t5_reader = clip_tokenizer(), t5_tokenizer()
    tokenizer_2 = clip_tokenizer(pad_token="!")
    vae = parts.vae(
        _SD3_LATENTS,
        scaling_factor=1.5305,
        shift_factor=shift_factor,
        use_quant_conv=False,
        use_post_quant_conv=False,
    )
    StableDiffusion3Pipeline(
        transformer=_sd3_transformer(parts, in_channels, sample_size),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0),
        vae=vae,
        text_encoder=parts.clip_text(tokenizer, projected=True),
        tokenizer=tokenizer,
        text_encoder_2=parts.clip_text(tokenizer_2, projected=True, activation="gelu"),
        tokenizer_2=tokenizer_2,
        text_encoder_3=parts.t5(t5_reader, 2 * CLIP_WIDTH),
        tokenizer_3=t5_reader,
    ).save_pretrained(folder)


def build_xl(folder: Path, seed: int = 0, in_channels: int = 9, sample_size: int = _SAMPLES) -> None:
    """Stable Diffusion XL: 9 input channels only inpaint, 4 paint from words too."""
    parts = RandomParts(seed)
    tokenizer, tokenizer_2 = clip_tokenizer(), clip_tokenizer(pad_token="!")
    time_width = 8
    unet = parts.unet(
        in_channels,
        2 * CLIP_WIDTH,
        sample_size=sample_size,
        addition_embed_type="text_time",
        addition_time_embed_dim=time_width,
        # Six numbers (original size, crop, target size) beside the pooled text.
        projection_class_embeddings_input_dim=6 * time_width + CLIP_WIDTH,
        use_linear_projection=True,
    )
    StableDiffusionXLInpaintPipeline(
        unet=unet,
        scheduler=EulerDiscreteScheduler(
            beta_start=0.00085,
            beta_end=0.012,
            beta_schedule="scaled_linear",
            steps_offset=1,
            timestep_spacing="leading",
        ),
        vae=parts.vae(4, scaling_factor=0.13025),
        text_encoder=parts.clip_text(tokenizer, projected=False),
        tokenizer=tokenizer,
        text_encoder_2=parts.clip_text(tokenizer_2, projected=True, activation="gelu"),
        tokenizer_2=tokenizer_2,
        add_watermarker=False,
    ).save_pretrained(folder)


def build_stable_diffusion(
    folder: Path,
    seed: int = 0,
    in_channels: int = 9,
    tasks: tuple[str, ...] = (),
    sample_size: int = _SAMPLES_OF_SD,
) -> None:
    """Stable Diffusion 1.5: 9 input channels only inpaint, 4 paint from words too. `tasks`: learned ten tokens each."""
    parts = RandomParts(seed)
    tokenizer = clip_tokenizer()
    tokenizer.add_tokens([f"{task}_{index}" for task in tasks for index in range(10)])
    StableDiffusionInpaintPipeline(
        unet=parts.unet(in_channels, CLIP_WIDTH, sample_size=sample_size),
        scheduler=DDIMScheduler(
            beta_start=0.00085,
            beta_end=0.012,
            beta_schedule="scaled_linear",
            steps_offset=1,
            clip_sample=False,
            set_alpha_to_one=False,
        ),
        vae=parts.vae(4),
        text_encoder=parts.clip_text(tokenizer, projected=False),
        tokenizer=tokenizer,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    ).save_pretrained(folder)


def build_power_paint(folder: Path, seed: int = 0) -> None:
    """PowerPaint V1."""
    build_stable_diffusion(folder, seed, tasks=("P_ctxt", "P_shape", "P_obj"))


def _sd3_transformer(parts: RandomParts, in_channels: int, sample_size: int) -> SD3Transformer2DModel:
    heads, width = 2, 32
    return parts.fill(
        lambda: SD3Transformer2DModel(
            sample_size=sample_size,
            patch_size=2,
            in_channels=in_channels,
            num_layers=2,
            attention_head_dim=width // heads,
            num_attention_heads=heads,
            joint_attention_dim=2 * CLIP_WIDTH,
            caption_projection_dim=width,
            pooled_projection_dim=2 * CLIP_WIDTH,
            out_channels=_SD3_LATENTS,
            pos_embed_max_size=_POSITIONS,
        )
    )
