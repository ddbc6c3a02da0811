"""A small `Owlv2ForObjectDetection`: its configuration, its initial weights and the folder that production reads."""

import copy
import math
from pathlib import Path

import torch
from torch import nn
from transformers import CLIPTokenizer, Owlv2Config, Owlv2ForObjectDetection, Owlv2ImageProcessorPil

from .tokenizer import CONTEXT

SIDE, PATCH = 128, 8
GRID = SIDE // PATCH
_WIDTH, _LAYERS, _HEADS = 128, 4, 4
_TEXT_WIDTH, _TEXT_LAYERS, _TEXT_HEADS = 64, 2, 2


def configuration(tokenizer: CLIPTokenizer) -> Owlv2Config:
    """128 x 128 pixels, 16 x 16 patches."""
    return Owlv2Config(
        text_config={
            "hidden_size": _TEXT_WIDTH,
            "intermediate_size": 4 * _TEXT_WIDTH,
            "num_hidden_layers": _TEXT_LAYERS,
            "num_attention_heads": _TEXT_HEADS,
            "hidden_act": "gelu",
            "vocab_size": len(tokenizer),
            "max_position_embeddings": CONTEXT,
            "bos_token_id": tokenizer.bos_token_id,
            "eos_token_id": tokenizer.eos_token_id,
        },
        vision_config={
            "hidden_size": _WIDTH,
            "intermediate_size": 4 * _WIDTH,
            "num_hidden_layers": _LAYERS,
            "num_attention_heads": _HEADS,
            "hidden_act": "gelu",
            "image_size": SIDE,
            "patch_size": PATCH,
        },
        projection_dim=_TEXT_WIDTH,
    )


def initial_model(tokenizer: CLIPTokenizer, seed: int) -> Owlv2ForObjectDetection:
    """The library's own initial weights are meant to be overwritten: they saturate both heads, nothing is learned."""
    model = Owlv2ForObjectDetection(configuration(tokenizer))
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for module in model.modules():
            _initialise(module, generator)
        for tower in (model.owlv2.vision_model, model.owlv2.text_model):
            for layer in tower.encoder.layers:
                for last in (layer.self_attn.out_proj, layer.mlp.fc2):
                    last.weight /= math.sqrt(2 * len(tower.encoder.layers))
        _initialise_embeddings(model, generator)
        _initialise_heads(model)
    return model


def save(model: Owlv2ForObjectDetection, tokenizer: CLIPTokenizer, folder: Path) -> None:
    """In half precision."""
    copy.deepcopy(model).cpu().half().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    Owlv2ImageProcessorPil(size={"height": SIDE, "width": SIDE}).save_pretrained(folder)


def _initialise(module: nn.Module, generator: torch.Generator) -> None:
    if isinstance(module, nn.Linear | nn.Conv2d):
        module.weight.normal_(0, 1 / math.sqrt(module.weight[0].numel()), generator=generator)
        if module.bias is not None:
            module.bias.zero_()
    elif isinstance(module, nn.Embedding):
        module.weight.normal_(0, 0.5, generator=generator)
    elif isinstance(module, nn.LayerNorm):
        module.weight.fill_(1)
        module.bias.zero_()


def _initialise_embeddings(model: Owlv2ForObjectDetection, generator: torch.Generator) -> None:
    vision = model.owlv2.vision_model.embeddings
    # The features of all patches are multiplied by the class token: signs that hardly change with the picture.
    vision.class_embedding.copy_(torch.randint(0, 2, (_WIDTH,), generator=generator) * 2.0 - 1)
    vision.position_embedding.weight[0] = 0
    vision.position_embedding.weight[1:] = _grid_positions()
    model.owlv2.text_model.embeddings.position_embedding.weight.mul_(0.5)


def _initialise_heads(model: Owlv2ForObjectDetection) -> None:
    head = model.class_head
    for linear, bias in ((head.logit_shift, -0.35), (head.logit_scale, 12.0)):
        linear.weight.zero_()
        linear.bias.fill_(bias)
    model.box_head.dense2.weight.mul_(0.1)
    # The library's bias is a box of one patch around the patch's lower right corner: things are about 4 patches wide.
    model.box_head.dense2.bias.copy_(torch.tensor([-0.1, -0.1, 1.6, 1.6]))
    # Production does not use it.
    for parameter in model.objectness_head.parameters():
        parameter.zero_()


def _grid_positions() -> torch.Tensor:
    """[patches, width]: sines and cosines of the row in one half of the channels, of the column in the other."""
    rates = torch.logspace(0, -2, _WIDTH // 4)
    angles = torch.arange(GRID)[:, None] * rates
    line = torch.cat([angles.sin(), angles.cos()], dim=1)
    rows, columns = line[:, None].expand(GRID, GRID, -1), line[None].expand(GRID, GRID, -1)
    return 0.5 * torch.cat([rows, columns], dim=-1).flatten(0, 1)
