"""A small `SamModel`: its configuration, its initial weights and the folder that the production code reads."""

import json
import math
from pathlib import Path

import torch
from torch import nn
from transformers import SamConfig, SamMaskDecoderConfig, SamModel, SamPromptEncoderConfig, SamVisionConfig

SIDE, PATCH = 128, 8
_VISION_WIDTH, _WIDTH = 128, 96
# Cycles a picture, shortest and longest, of the Fourier features by which points and patches know where they are.
_CYCLES = (0.25, 4.0)


def configuration() -> SamConfig:
    """128 x 128 pixels, 16 x 16 patches, mask logits of 64 x 64."""
    return SamConfig(
        vision_config=SamVisionConfig(
            hidden_size=_VISION_WIDTH,
            output_channels=_WIDTH,
            num_hidden_layers=4,
            num_attention_heads=4,
            image_size=SIDE,
            patch_size=PATCH,
            window_size=8,
            global_attn_indexes=[1, 3],
            num_pos_feats=_WIDTH // 2,
            mlp_dim=3 * _VISION_WIDTH,
            use_rel_pos=False,
        ),
        prompt_encoder_config=SamPromptEncoderConfig(hidden_size=_WIDTH, image_size=SIDE, patch_size=PATCH),
        mask_decoder_config=SamMaskDecoderConfig(
            hidden_size=_WIDTH, mlp_dim=2 * _WIDTH, num_attention_heads=4, iou_head_hidden_dim=_WIDTH
        ),
    )


def initial_model(seed: int) -> SamModel:
    """
    The library starts the encoder's weights at 1e-10 and positions with tens of cycles a patch, both meant to be
    overwritten by published weights: with them nothing is learned.
    """
    model = SamModel._from_config(configuration(), attn_implementation="eager")
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for module in model.modules():
            _initialise(module, generator)
        for layer in model.vision_encoder.layers:
            for last in (layer.attn.proj, layer.mlp.lin2):
                last.weight /= math.sqrt(2 * len(model.vision_encoder.layers))
        model.vision_encoder.pos_embed.copy_(_grid_positions(SIDE // PATCH, _VISION_WIDTH))
        frequencies = model.shared_image_embedding.positional_embedding
        frequencies.copy_(_frequencies(frequencies.shape[1], generator))
        model.mask_decoder.iou_prediction_head.proj_out.weight.mul_(0.1)
        model.mask_decoder.iou_prediction_head.proj_out.bias.fill_(0.5)
    model.tie_weights()
    return model


def save(model: SamModel, folder: Path) -> None:
    """In half precision, with what an image processor needs to know."""
    half = SamModel(model.config)
    half.load_state_dict(model.state_dict())
    half.half().save_pretrained(folder)
    processor = {
        "image_processor_type": "SamImageProcessor",
        "size": {"longest_edge": SIDE},
        "pad_size": {"height": SIDE, "width": SIDE},
        "mask_size": {"longest_edge": SIDE // 2},
        "mask_pad_size": {"height": SIDE // 2, "width": SIDE // 2},
    }
    (folder / "preprocessor_config.json").write_text(json.dumps(processor, indent=2) + "\n")


def _initialise(module: nn.Module, generator: torch.Generator) -> None:
    if isinstance(module, nn.Linear | nn.Conv2d | nn.ConvTranspose2d):
        fan_in = module.weight.shape[0] if isinstance(module, nn.ConvTranspose2d) else module.weight[0].numel()
        module.weight.normal_(0, 1 / math.sqrt(fan_in), generator=generator)
        if module.bias is not None:
            module.bias.zero_()
    elif isinstance(module, nn.Embedding):
        module.weight.normal_(0, 0.5, generator=generator)


def _frequencies(count: int, generator: torch.Generator) -> torch.Tensor:
    """[2, count] (x, y): directions all around, lengths from slow to fast; coordinates run from -1 to 1."""
    slow, fast = (math.log(cycles / 2) for cycles in _CYCLES)
    lengths = torch.linspace(slow, fast, count).exp()
    angles = math.pi * torch.rand(count, generator=generator)
    return torch.stack([angles.cos() * lengths, angles.sin() * lengths])


def _grid_positions(side: int, width: int) -> torch.Tensor:
    """[1, side, side, width]: sines and cosines of the row in one half of the channels, of the column in the other."""
    rates = torch.logspace(0, -2, width // 4)
    angles = torch.arange(side)[:, None] * rates
    line = torch.cat([angles.sin(), angles.cos()], dim=1)
    rows, columns = line[:, None].expand(side, side, -1), line[None].expand(side, side, -1)
    return 0.5 * torch.cat([rows, columns], dim=-1)[None]
