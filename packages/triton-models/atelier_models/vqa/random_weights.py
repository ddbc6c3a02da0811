"""Tiny random weights of the first-generation LLaVA-OneVision (Li et al., 2024), the one that transformers has."""

import json
from pathlib import Path

import numpy
import torch
from transformers import (
    GenerationConfig,
    LlavaOnevisionConfig,
    LlavaOnevisionForConditionalGeneration,
    Qwen2Config,
    SiglipVisionConfig,
)
from transformers.models.llava_onevision.image_processing_pil_llava_onevision import LlavaOnevisionImageProcessorPil

from .random_tokenizer import CHAT_TEMPLATE, END, END_OF_TEXT, IMAGE, VIDEO, random_tokenizer

_SIDE, _PATCH = 56, 14
_GRIDS = [[_SIDE * rows, _SIDE * columns] for rows in (1, 2, 3) for columns in (1, 2, 3)]
# So that answers end now and then of themselves.
_END_GAIN = 1.5


def build(folder: Path, seed: int = 0) -> None:
    """Writes weights, tokenizer, processors and chat template as `save_pretrained` does: about 1 MB."""
    tokenizer = random_tokenizer()
    token = tokenizer.convert_tokens_to_ids
    model = LlavaOnevisionForConditionalGeneration(_config(len(tokenizer), token(IMAGE), token(VIDEO)))
    randomise(model, seed)
    ends = [token(END), token(END_OF_TEXT)]
    model.lm_head.weight.data[ends] *= _END_GAIN
    model.generation_config = GenerationConfig(eos_token_id=ends, pad_token_id=token(END_OF_TEXT))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    LlavaOnevisionImageProcessorPil(
        size={"height": _SIDE, "width": _SIDE}, image_grid_pinpoints=_GRIDS
    ).save_pretrained(folder)
    (folder / "chat_template.jinja").write_text(CHAT_TEMPLATE)
    processor = {
        "processor_class": "LlavaOnevisionProcessor",
        "num_image_tokens": (_SIDE // _PATCH) ** 2,
        "vision_feature_select_strategy": "full",
        "vision_aspect_ratio": "anyres_max_9",
    }
    (folder / "processor_config.json").write_text(json.dumps(processor, indent=2))


def randomise(model: torch.nn.Module, seed: int) -> None:
    """
    Fills matrices and vectors from numpy's own generator, whose numbers are the same on each machine; torch's normal
    ones need not be. Scales of norms stay 1. Wide enough for answers to depend on pictures and not to repeat a token.
    """
    numbers = numpy.random.default_rng(seed)
    for name, tensor in model.named_parameters():
        if "norm" in name:
            continue
        width = 1 / max(tensor.shape[-1], 1) ** 0.5 if tensor.dim() > 1 else 0.1
        values = (numbers.random(tuple(tensor.shape), dtype=numpy.float32) * 2 - 1) * (width * 3**0.5 * 2)
        tensor.data = torch.from_numpy(values)


def _config(vocabulary: int, image: int, video: int) -> LlavaOnevisionConfig:
    return LlavaOnevisionConfig(
        vision_config=SiglipVisionConfig(
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            image_size=_SIDE,
            patch_size=_PATCH,
            vision_use_head=False,
        ),
        text_config=Qwen2Config(
            vocab_size=vocabulary,
            hidden_size=64,
            intermediate_size=128,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            max_position_embeddings=16_384,
            tie_word_embeddings=False,
        ),
        image_token_index=image,
        video_token_index=video,
        image_grid_pinpoints=_GRIDS,
        tie_word_embeddings=False,
    )
