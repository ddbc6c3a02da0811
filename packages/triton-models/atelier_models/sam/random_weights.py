"""Tiny random weights of the production classes, for shapes and faults."""

import json
import math
from pathlib import Path

import numpy
import torch
from transformers import (
    PreTrainedModel,
    Sam2Config,
    Sam2HieraDetConfig,
    Sam2MaskDecoderConfig,
    Sam2Model,
    Sam2PromptEncoderConfig,
    Sam2VisionConfig,
    SamConfig,
    SamMaskDecoderConfig,
    SamModel,
    SamPromptEncoderConfig,
    SamVisionConfig,
)

_SIDE, _WIDTH = 128, 32
_DECODER = {"hidden_size": _WIDTH, "mlp_dim": 64, "num_attention_heads": 4, "iou_head_hidden_dim": _WIDTH}
# Rows that are added or joined to others as they are.
_ADDED = (
    "embed.weight",
    "pos_embed",
    "pos_embed_window",
    "positional_embedding",
    "token.weight",
    "tokens.weight",
    *(f"point_embed.{index}.weight" for index in range(4)),
)
_PROMPTS = {"hidden_size": _WIDTH, "image_size": _SIDE, "patch_size": 16}


def build(folder: Path, seed: int = 6) -> None:
    """
    Writes a `SamModel` that sees 128 x 128 pixels: config, weights and the image processor's settings. With this seed
    masks cover about half of a picture and depend on the prompt and on the picture.
    """
    vision = SamVisionConfig(
        hidden_size=_WIDTH,
        output_channels=_WIDTH,
        num_hidden_layers=2,
        num_attention_heads=4,
        image_size=_SIDE,
        patch_size=16,
        window_size=4,
        global_attn_indexes=[1],
        num_pos_feats=_WIDTH // 2,
        mlp_dim=64,
    )
    model = SamModel(
        SamConfig(
            vision_config=vision,
            prompt_encoder_config=SamPromptEncoderConfig(**_PROMPTS),
            mask_decoder_config=SamMaskDecoderConfig(**_DECODER),
        )
    )
    processor = {
        "image_processor_type": "SamImageProcessor",
        "size": {"longest_edge": _SIDE},
        "pad_size": {"height": _SIDE, "width": _SIDE},
        "mask_size": {"longest_edge": _SIDE // 4},
        "mask_pad_size": {"height": _SIDE // 4, "width": _SIDE // 4},
    }
    _save(model, processor, folder, seed)


def build_sam2(folder: Path, seed: int = 5) -> None:
    """The same for a `Sam2Model`."""
    channels = [8, 16, 32, 64]
    backbone = Sam2HieraDetConfig(
        hidden_size=channels[0],
        image_size=[_SIDE, _SIDE],
        blocks_per_stage=[1, 1, 2, 1],
        embed_dim_per_stage=channels,
        num_attention_heads_per_stage=[1, 1, 2, 2],
        window_size_per_stage=[8, 4, 4, 2],
        global_attention_blocks=[3],
    )
    vision = Sam2VisionConfig(
        backbone_config=backbone,
        backbone_channel_list=channels[::-1],
        backbone_feature_sizes=[[_SIDE // 4] * 2, [_SIDE // 8] * 2, [_SIDE // 16] * 2],
        fpn_hidden_size=_WIDTH,
    )
    model = Sam2Model(
        Sam2Config(
            vision_config=vision,
            prompt_encoder_config=Sam2PromptEncoderConfig(**_PROMPTS),
            mask_decoder_config=Sam2MaskDecoderConfig(**_DECODER),
        )
    )
    processor = {"image_processor_type": "Sam2ImageProcessor", "size": {"height": _SIDE, "width": _SIDE}}
    _save(model, processor, folder, seed)


def _save(model: PreTrainedModel, processor: dict, folder: Path, seed: int) -> None:
    """
    Large enough values that masks have an inside and an outside: the library's own initial ones give flat masks.
    By numpy, whose generator gives the same numbers on every machine.
    """
    generator = numpy.random.default_rng(seed)
    with torch.no_grad():
        for name, values in sorted([*model.named_parameters(), *model.named_buffers()]):
            values.copy_(torch.from_numpy(_initial(name, tuple(values.shape), generator)))
    model.save_pretrained(folder)
    (folder / "preprocessor_config.json").write_text(json.dumps(processor, indent=2) + "\n")


def _initial(name: str, shape: tuple[int, ...], generator: numpy.random.Generator) -> numpy.ndarray:
    values = generator.standard_normal(shape, dtype=numpy.float32)
    if "norm" in name or "neck.layer" in name:
        return 0.1 * values + (1 if name.endswith("weight") else 0)
    if "iou_prediction_head.proj_out" in name:
        # The estimates of a trained model: a regression that ends near 0..1.
        return 0.02 * values + (0.7 if name.endswith("bias") else 0)
    if name.endswith("bias"):
        return 0.1 * values
    if name.endswith(_ADDED):
        return values
    # Products keep the size of what they multiply; those of the decoder are larger, so that prompts make a difference.
    gain = 1.5 if "mask_decoder.transformer" in name or "hypernetworks" in name else 1
    return values * gain / math.sqrt(math.prod(shape[1:]) if len(shape) > 1 else 1)
