"""A small `CLIPModel`: its configuration, its initial weights and the folder that the production code reads."""

import copy
from pathlib import Path

from transformers import CLIPConfig, CLIPModel, CLIPTokenizer
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from .tokenizer import CONTEXT

SIDE, PATCH = 128, 16
_TOWER = {"hidden_size": 128, "intermediate_size": 512, "num_attention_heads": 4, "hidden_act": "gelu"}


def configuration(tokenizer: CLIPTokenizer) -> CLIPConfig:
    """128 x 128 pixels, 8 x 8 patches, vectors of 128."""
    return CLIPConfig(
        text_config={
            **_TOWER,
            "num_hidden_layers": 2,
            "vocab_size": len(tokenizer),
            "max_position_embeddings": CONTEXT,
            "bos_token_id": tokenizer.bos_token_id,
            "eos_token_id": tokenizer.eos_token_id,
            "pad_token_id": tokenizer.pad_token_id,
        },
        vision_config={**_TOWER, "num_hidden_layers": 4, "image_size": SIDE, "patch_size": PATCH},
        projection_dim=128,
    )


def initial_model(tokenizer: CLIPTokenizer) -> CLIPModel:
    """The library's own initial weights, which here are those of the paper."""
    # Softmax and products apart: in bfloat16 faster on processors than the fused kernel.
    return CLIPModel._from_config(configuration(tokenizer), attn_implementation="eager")


def image_processor() -> CLIPImageProcessorPil:
    """Pictures are stretched to the square: cutting out the centre would lose things at the ends of longer ones."""
    edges = {"height": SIDE, "width": SIDE}
    return CLIPImageProcessorPil(size=edges, do_center_crop=False, crop_size=edges)


def save(model: CLIPModel, tokenizer: CLIPTokenizer, folder: Path) -> None:
    """In half precision."""
    copy.deepcopy(model).cpu().half().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    image_processor().save_pretrained(folder)
