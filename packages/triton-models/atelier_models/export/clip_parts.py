"""The two towers of CLIP and of SigLIP with one picture size."""

from collections.abc import Mapping
from pathlib import Path

import torch

from ..clip.load import load_model
from ..clip.towers import ImageTower, TextTower
from ..errors import SettingsError
from ..settings import ClipSettings
from .part import Part


def clip_parts(folder: Path, settings: ClipSettings) -> list[Part]:
    """Raises `SettingsError` for SigLIP 2 NaFlex, whose position embeddings are resized picture by picture."""
    model = load_model(folder, settings)
    if model.config.model_type == "siglip2":
        raise SettingsError("clip: SigLIP 2 NaFlex has no fixed picture size and cannot be exported.")
    side = model.config.vision_config.image_size
    text = model.config.text_config

    def pictures(sizes: Mapping[str, int]) -> tuple[torch.Tensor, ...]:
        generator = torch.Generator().manual_seed(sizes["pictures"])
        return (torch.randn(sizes["pictures"], 3, side, side, generator=generator),)

    def texts(sizes: Mapping[str, int]) -> tuple[torch.Tensor, ...]:
        generator = torch.Generator().manual_seed(sizes["texts"])
        ids = torch.randint(text.vocab_size, (sizes["texts"], sizes["tokens"]), generator=generator)
        # The end mark, at which CLIP reads: the last token has the largest number in every CLIP vocabulary.
        ids[:, -1] = text.vocab_size - 1
        return (ids,)

    return [
        Part(
            file="clip-images.onnx",
            module=ImageTower(model),
            free={"pixel_values": ("pictures", None, None, None)},
            outputs=("embeddings",),
            example=pictures,
            sizes=({"pictures": 2}, {"pictures": 1}, {"pictures": 5}),
            most_error={"embeddings": 2e-5},
        ),
        Part(
            file="clip-texts.onnx",
            module=TextTower(model),
            free={"input_ids": ("texts", "tokens")},
            outputs=("embeddings",),
            example=texts,
            sizes=({"texts": 2, "tokens": 9}, {"texts": 1, "tokens": 3}, {"texts": 5, "tokens": 64}),
            most_error={"embeddings": 2e-5},
        ),
    ]
