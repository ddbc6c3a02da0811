"""Stable Diffusion 3 Medium in its published size (Esser et al. 2024, arXiv 2403.03206)."""

from functools import partial
from pathlib import Path

from diffusers import (
    AutoencoderKL,
    FlowMatchEulerDiscreteScheduler,
    SD3Transformer2DModel,
    StableDiffusion3Pipeline,
)
from transformers import CLIPTextConfig, CLIPTextModelWithProjection, T5Config, T5EncoderModel

from .tokenizers import clip_tokenizer, long_t5_tokenizer

_LATENTS = 16
_CLIP_L = {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12}
_CLIP_G = {"hidden_size": 1280, "intermediate_size": 5120, "num_hidden_layers": 32, "num_attention_heads": 20}


def sd3(with_t5: bool, layers: int | None):
    """What every part is made by. Without T5 the pipeline puts zeros in the place of its text."""
    parts = {
        "transformer": partial(_transformer, layers or 24),
        "vae": _vae,
        "text_encoder": partial(_clip_text, _CLIP_L, layers, "quick_gelu", 49_407),
        "text_encoder_2": partial(_clip_text, _CLIP_G, layers, "gelu", 0),
    }
    return {**parts, "text_encoder_3": partial(_t5, layers or 24)} if with_t5 else parts


def save_sd3(folder: Path, modules: dict) -> None:
    t5 = modules.get("text_encoder_3")
    StableDiffusion3Pipeline(
        **{**modules, "text_encoder_3": t5},
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0),
        tokenizer=clip_tokenizer(),
        tokenizer_2=clip_tokenizer(pad_token="!"),
        tokenizer_3=long_t5_tokenizer() if t5 else None,
    ).save_pretrained(folder)


def _transformer(layers: int) -> SD3Transformer2DModel:
    return SD3Transformer2DModel(
        sample_size=128,
        patch_size=2,
        in_channels=_LATENTS,
        num_layers=layers,
        attention_head_dim=64,
        num_attention_heads=24,
        joint_attention_dim=4096,
        caption_projection_dim=1536,
        pooled_projection_dim=2048,
        out_channels=_LATENTS,
        pos_embed_max_size=192,
    )


def _vae() -> AutoencoderKL:
    blocks = 4
    return AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * blocks,
        up_block_types=("UpDecoderBlock2D",) * blocks,
        block_out_channels=(128, 256, 512, 512),
        layers_per_block=2,
        latent_channels=_LATENTS,
        norm_num_groups=32,
        sample_size=1024,
        scaling_factor=1.5305,
        shift_factor=0.0609,
        use_quant_conv=False,
        use_post_quant_conv=False,
    )


def _clip_text(tower: dict, layers: int | None, activation: str, padding: int) -> CLIPTextModelWithProjection:
    return CLIPTextModelWithProjection(
        CLIPTextConfig(
            **{**tower, "num_hidden_layers": layers or tower["num_hidden_layers"]},
            projection_dim=tower["hidden_size"],
            vocab_size=49_408,
            bos_token_id=49_406,
            eos_token_id=49_407,
            pad_token_id=padding,
            hidden_act=activation,
        )
    )


def _t5(layers: int) -> T5EncoderModel:
    """T5 1.1 XXL."""
    return T5EncoderModel(
        T5Config(
            vocab_size=32_128,
            d_model=4096,
            d_kv=64,
            d_ff=10_240,
            num_layers=layers,
            num_heads=64,
            feed_forward_proj="gated-gelu",
            dense_act_fn="gelu_new",
            is_gated_act=True,
        )
    )
