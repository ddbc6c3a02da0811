"""OWLv2, SAM and CLIP in the published sizes."""

import json
from functools import partial
from pathlib import Path

from transformers import (
    CLIPConfig,
    CLIPModel,
    Owlv2Config,
    Owlv2ForObjectDetection,
    Owlv2ImageProcessorPil,
    SamConfig,
    SamModel,
    SamVisionConfig,
)
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from .tokenizers import clip_tokenizer

_BASE_TEXT = {"hidden_size": 512, "intermediate_size": 2048, "num_hidden_layers": 12, "num_attention_heads": 8}
_LARGE_TEXT = {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12}
_BASE_TOWER = {**_LARGE_TEXT, "patch_size": 16}
_LARGE_TOWER = {
    "hidden_size": 1024,
    "intermediate_size": 4096,
    "num_hidden_layers": 24,
    "num_attention_heads": 16,
    "patch_size": 14,
}
_OWLV2 = {"base": (_BASE_TEXT, _BASE_TOWER, 960, 512), "large": (_LARGE_TEXT, _LARGE_TOWER, 1008, 768)}
_SAM = {"base": (768, 12, 12), "huge": (1280, 32, 16)}
# Of the features' size and this logit's spread about 2 % of the places pass a threshold of 0.3, as few do in a picture.
_LOGIT = -2.0


def cut(tower: dict, layers: int | None) -> dict:
    """The tower with fewer layers, for a trial."""
    return {**tower, "num_hidden_layers": layers or tower["num_hidden_layers"]}


def owlv2(size: str, layers: int | None):
    text, tower, side, width = _OWLV2[size]
    config = Owlv2Config(
        text_config=cut(text, layers), vision_config={**cut(tower, layers), "image_size": side}, projection_dim=width
    )
    return {"model": partial(Owlv2ForObjectDetection, config)}


def save_owlv2(folder: Path, modules: dict) -> None:
    model = modules["model"]
    head, side = model.class_head, model.config.vision_config.image_size
    head.logit_scale.weight.data.zero_()
    head.logit_shift.bias.data.fill_(_LOGIT)
    model.save_pretrained(folder)
    clip_tokenizer(length=16, pad_token="!").save_pretrained(folder)
    Owlv2ImageProcessorPil(size={"height": side, "width": side}).save_pretrained(folder)


def sam(size: str, layers: int | None):
    width, depth, heads = _SAM[size]
    every = depth // 4
    kept = layers or depth
    vision = SamVisionConfig(
        hidden_size=width,
        num_hidden_layers=kept,
        num_attention_heads=heads,
        mlp_dim=4 * width,
        # Every fourth part of the depth ends with a layer that looks at all of the picture.
        global_attn_indexes=sorted({min(index, kept - 1) for index in range(every - 1, depth, every)}),
    )
    return {"model": partial(SamModel, SamConfig(vision_config=vision))}


def save_sam(folder: Path, modules: dict) -> None:
    modules["model"].save_pretrained(folder)
    processor = {
        "image_processor_type": "SamImageProcessor",
        "size": {"longest_edge": 1024},
        "pad_size": {"height": 1024, "width": 1024},
        "mask_size": {"longest_edge": 256},
        "mask_pad_size": {"height": 256, "width": 256},
    }
    (folder / "preprocessor_config.json").write_text(json.dumps(processor, indent=2))


def clip(layers: int | None):
    text = {"vocab_size": 49_408, "bos_token_id": 49_406, "eos_token_id": 49_407, "pad_token_id": 49_407}
    config = CLIPConfig(
        text_config={**cut(_LARGE_TEXT, layers), **text},
        vision_config={**cut(_LARGE_TOWER, layers), "image_size": 224},
        projection_dim=768,
    )
    return {"model": partial(CLIPModel, config)}


def save_clip(folder: Path, modules: dict) -> None:
    modules["model"].save_pretrained(folder)
    clip_tokenizer().save_pretrained(folder)
    CLIPImageProcessorPil(size={"shortest_edge": 224}, crop_size={"height": 224, "width": 224}).save_pretrained(folder)
