"""LLaVA-OneVision (Li et al., 2024) as it is in transformers, small enough to be trained on a processor."""

import json
from pathlib import Path

import torch
from transformers import (
    GenerationConfig,
    LlavaOnevisionConfig,
    LlavaOnevisionForConditionalGeneration,
    Qwen2Config,
    Qwen2Tokenizer,
    SiglipVisionConfig,
)
from transformers.models.llava_onevision.image_processing_pil_llava_onevision import LlavaOnevisionImageProcessorPil

from .tokenizer import CHAT_TEMPLATE, END, END_OF_TEXT, IMAGE, VIDEO

SIDE, PATCH = 128, 16
GRID = SIDE // PATCH
# One tile: Blockworld's pictures have at most so many pixels that a second one would show nothing more.
_PINPOINTS = [[SIDE, SIDE]]


def make_model(tokenizer: Qwen2Tokenizer) -> LlavaOnevisionForConditionalGeneration:
    """The model with the library's initial weights, which follow torch's global seed; on the CPU, float32."""
    token = tokenizer.convert_tokens_to_ids
    config = LlavaOnevisionConfig(
        vision_config=SiglipVisionConfig(
            hidden_size=192,
            intermediate_size=512,
            num_hidden_layers=4,
            num_attention_heads=8,
            image_size=SIDE,
            patch_size=PATCH,
            vision_use_head=False,
        ),
        text_config=Qwen2Config(
            vocab_size=len(tokenizer),
            hidden_size=160,
            intermediate_size=448,
            num_hidden_layers=4,
            num_attention_heads=4,
            num_key_value_heads=4,
            max_position_embeddings=1_024,
            rope_parameters={"rope_type": "default", "rope_theta": 10_000.0},
            tie_word_embeddings=True,
        ),
        image_token_index=token(IMAGE),
        video_token_index=token(VIDEO),
        image_grid_pinpoints=_PINPOINTS,
        tie_word_embeddings=True,
    )
    model = LlavaOnevisionForConditionalGeneration(config)
    model.generation_config = GenerationConfig(
        eos_token_id=[token(END), token(END_OF_TEXT)], pad_token_id=token(END_OF_TEXT)
    )
    return model


def make_image_processor() -> LlavaOnevisionImageProcessorPil:
    """Each picture becomes itself squashed to a square and one tile, in which it keeps its proportions."""
    return LlavaOnevisionImageProcessorPil(size={"height": SIDE, "width": SIDE}, image_grid_pinpoints=_PINPOINTS)


def save(model: LlavaOnevisionForConditionalGeneration, tokenizer: Qwen2Tokenizer, folder: Path) -> None:
    """Writes a folder in the form of the hub: half-precision weights, tokenizer, processor, chat template."""
    halved = LlavaOnevisionForConditionalGeneration(model.config)
    halved.load_state_dict(model.state_dict())
    halved.generation_config = model.generation_config
    halved.to(torch.float16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    make_image_processor().save_pretrained(folder)
    (folder / "chat_template.jinja").write_text(CHAT_TEMPLATE)
    processor = {
        "processor_class": "LlavaOnevisionProcessor",
        "num_image_tokens": GRID**2,
        "vision_feature_select_strategy": "full",
        "vision_aspect_ratio": "anyres_max_9",
    }
    (folder / "processor_config.json").write_text(json.dumps(processor, indent=2))
