"""The parts of the painter and how large they are. Initial weights follow from torch's random state."""

from pathlib import Path

import torch
from diffusers import (
    AutoencoderTiny,
    FlowMatchEulerDiscreteScheduler,
    SD3Transformer2DModel,
    StableDiffusion3InpaintPipeline,
)
from transformers import CLIPTextConfig, CLIPTextModelWithProjection, CLIPTokenizer, T5Config, T5EncoderModel

from .autoencoder import FACTOR, LATENT_CHANNELS
from .tokenizers import prompt_tokenizer, t5_tokenizer

# The longest side of pictures that it paints, in pixels.
RESOLUTION = 128
_PATCH = 2
_LAYERS, _WIDTH, _HEADS = 6, 192, 3
_TEXT_WIDTH, _TEXT_HEADS, _TEXT_LAYERS = 64, 4, 2
# Both of CLIP's side by side are as wide as T5's.
_JOINT_WIDTH = 2 * _TEXT_WIDTH
# Patches a side: positions reach twice as far as the pictures of the training.
_POSITIONS = 2 * RESOLUTION // (FACTOR * _PATCH)
TRAINED_PARTS = ("transformer", "text_encoder", "text_encoder_2", "text_encoder_3")


def make_pipeline(autoencoder: AutoencoderTiny) -> StableDiffusion3InpaintPipeline:
    """All of Stable Diffusion 3 around a trained autoencoder; nothing else is trained yet."""
    tokenizer, tokenizer_2, tokenizer_3 = prompt_tokenizer(), prompt_tokenizer(pad_token="!"), t5_tokenizer()
    pipeline = StableDiffusion3InpaintPipeline(
        transformer=_transformer(),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0),
        vae=autoencoder,
        text_encoder=_clip_text(tokenizer, "quick_gelu"),
        tokenizer=tokenizer,
        text_encoder_2=_clip_text(tokenizer_2, "gelu"),
        tokenizer_2=tokenizer_2,
        text_encoder_3=_t5(len(tokenizer_3)),
        tokenizer_3=tokenizer_3,
    )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def open_autoencoder(folder: Path) -> AutoencoderTiny:
    """For use, not for training."""
    return AutoencoderTiny.from_pretrained(folder, local_files_only=True).eval().requires_grad_(False)


def _transformer() -> SD3Transformer2DModel:
    """33 input channels: the latents, the mask, and the latents of the picture without what the mask covers."""
    transformer = SD3Transformer2DModel(
        sample_size=RESOLUTION // FACTOR,
        patch_size=_PATCH,
        in_channels=2 * LATENT_CHANNELS + 1,
        out_channels=LATENT_CHANNELS,
        num_layers=_LAYERS,
        num_attention_heads=_HEADS,
        attention_head_dim=_WIDTH // _HEADS,
        joint_attention_dim=_JOINT_WIDTH,
        caption_projection_dim=_WIDTH,
        pooled_projection_dim=_JOINT_WIDTH,
        pos_embed_max_size=_POSITIONS,
    )
    _begin_as_identity(transformer)
    return transformer


def _begin_as_identity(transformer: SD3Transformer2DModel) -> None:
    """As in DiT (Peebles and Xie 2022, arXiv:2212.09748): blocks begin without effect, and the output at zero."""
    for module in transformer.modules():
        if isinstance(module, torch.nn.Linear):
            torch.nn.init.xavier_uniform_(module.weight)
            if module.bias is not None:
                torch.nn.init.zeros_(module.bias)
    closed = [transformer.norm_out.linear, transformer.proj_out]
    for block in transformer.transformer_blocks:
        closed += [block.norm1.linear, block.norm1_context.linear]
    for layer in closed:
        torch.nn.init.zeros_(layer.weight)


def _clip_text(tokenizer: CLIPTokenizer, activation: str) -> CLIPTextModelWithProjection:
    return CLIPTextModelWithProjection(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=_TEXT_WIDTH,
            intermediate_size=4 * _TEXT_WIDTH,
            projection_dim=_TEXT_WIDTH,
            num_hidden_layers=_TEXT_LAYERS,
            num_attention_heads=_TEXT_HEADS,
            max_position_embeddings=tokenizer.model_max_length,
            hidden_act=activation,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def _t5(vocabulary: int) -> T5EncoderModel:
    return T5EncoderModel(
        T5Config(
            vocab_size=vocabulary,
            d_model=_JOINT_WIDTH,
            d_kv=_JOINT_WIDTH // _TEXT_HEADS,
            d_ff=2 * _JOINT_WIDTH,
            num_layers=1,
            num_heads=_TEXT_HEADS,
            feed_forward_proj="gated-gelu",
            dropout_rate=0.0,
        )
    )
