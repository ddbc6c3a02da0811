"""
LLaVA-OneVision (Li et al. 2024, arXiv 2408.03326) of the first generation, the class that is in transformers, in two
shapes. The one of 4B stands for LLaVA-OneVision-1.5-4B, whose class is not in the library: the same language model
(Qwen3-4B, untied), a picture tower of the width and depth of its own, about 2,000 tokens for a picture.
"""

import json
from functools import partial
from pathlib import Path

from transformers import (
    GenerationConfig,
    LlavaOnevisionConfig,
    LlavaOnevisionForConditionalGeneration,
    Qwen2Config,
    Qwen3Config,
    SiglipVisionConfig,
)
from transformers.models.llava_onevision.image_processing_pil_llava_onevision import LlavaOnevisionImageProcessorPil

from ...vqa.random_tokenizer import CHAT_TEMPLATE, END, END_OF_TEXT, IMAGE, VIDEO
from .tokenizers import qwen_tokenizer

_PATCH = 14
_SMALL_SIDE, _LARGE_SIDE = 384, 448


def vqa(size: str, layers: int | None):
    return {"model": partial(LlavaOnevisionForConditionalGeneration, (_small if size == "0.5b" else _large)(layers))}


def save_vqa(folder: Path, modules: dict) -> None:
    """The end tokens never win, so that an answer is as long as it is asked for."""
    model, tokenizer = modules["model"], qwen_tokenizer()
    ends = tokenizer.convert_tokens_to_ids([END, END_OF_TEXT])
    model.lm_head.weight.data[ends] = 0
    model.generation_config = GenerationConfig(eos_token_id=ends, pad_token_id=ends[1])
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    side, grids = model.config.vision_config.image_size, model.config.image_grid_pinpoints
    LlavaOnevisionImageProcessorPil(size={"height": side, "width": side}, image_grid_pinpoints=grids).save_pretrained(
        folder
    )
    (folder / "chat_template.jinja").write_text(CHAT_TEMPLATE)
    processor = {
        "processor_class": "LlavaOnevisionProcessor",
        "num_image_tokens": (side // _PATCH) ** 2,
        "vision_feature_select_strategy": "full",
        "vision_aspect_ratio": "anyres_max_9",
    }
    (folder / "processor_config.json").write_text(json.dumps(processor, indent=2))


def _small(layers: int | None) -> LlavaOnevisionConfig:
    """SigLIP so400m/14 at 384 pixels without its last layer, and Qwen2-0.5B, tied; up to 6 x 6 parts of a picture."""
    parts = range(1, 7)
    vision = _tower(1152, 4304, layers or 26, _SMALL_SIDE)
    text = Qwen2Config(
        vocab_size=152_000,
        hidden_size=896,
        intermediate_size=4864,
        num_hidden_layers=layers or 24,
        num_attention_heads=14,
        num_key_value_heads=2,
        max_position_embeddings=32_768,
        rope_theta=1_000_000.0,
        tie_word_embeddings=True,
    )
    grids = [[_SMALL_SIDE * rows, _SMALL_SIDE * columns] for rows in parts for columns in parts]
    return _config(vision, text, grids, tied=True)


def _large(layers: int | None) -> LlavaOnevisionConfig:
    text = Qwen3Config(
        vocab_size=151_936,
        hidden_size=2560,
        intermediate_size=9728,
        num_hidden_layers=layers or 36,
        num_attention_heads=32,
        num_key_value_heads=8,
        head_dim=128,
        max_position_embeddings=262_144,
        rope_theta=5_000_000.0,
        tie_word_embeddings=False,
    )
    return _config(_tower(1024, 4096, layers or 24, _LARGE_SIDE), text, [[_LARGE_SIDE] * 2], tied=False)


def _tower(width: int, inner: int, layers: int, side: int) -> SiglipVisionConfig:
    return SiglipVisionConfig(
        hidden_size=width,
        intermediate_size=inner,
        num_hidden_layers=layers,
        num_attention_heads=16,
        image_size=side,
        patch_size=_PATCH,
        vision_use_head=False,
    )


def _config(vision, text, grids: list[list[int]], tied: bool) -> LlavaOnevisionConfig:
    token = qwen_tokenizer().convert_tokens_to_ids
    return LlavaOnevisionConfig(
        vision_config=vision,
        text_config=text,
        image_token_index=token(IMAGE),
        video_token_index=token(VIDEO),
        image_grid_pinpoints=grids,
        tie_word_embeddings=tied,
    )
