"""OWLv2: pixels and phrase embeddings to boxes and logits, and tokens to phrase embeddings."""

from collections.abc import Mapping
from pathlib import Path

import torch
from transformers import AutoConfig, Owlv2ForObjectDetection

from ..errors import SettingsError
from ..owlv2.towers import PhraseTower, PictureScorer
from ..settings import Owlv2Settings
from .part import Part


def owlv2_parts(folder: Path, settings: Owlv2Settings) -> list[Part]:
    """Raises `SettingsError` for other detectors."""
    kind = AutoConfig.from_pretrained(folder, local_files_only=True).model_type
    if kind != "owlv2":
        raise SettingsError(f"owlv2: {settings.model} is of type {kind}; only OWLv2 can be exported.")
    model = Owlv2ForObjectDetection.from_pretrained(folder, local_files_only=True, dtype=torch.float32).eval()
    side, text = model.config.vision_config.image_size, model.config.text_config
    width = model.config.projection_dim

    def pictures(sizes: Mapping[str, int]) -> tuple[torch.Tensor, ...]:
        generator = torch.Generator().manual_seed(sizes["pictures"])
        queries = torch.randn(sizes["pictures"], sizes["phrases"], width, generator=generator)
        mask = torch.ones(sizes["pictures"], sizes["phrases"], dtype=torch.bool)
        # Requests of a batch have different numbers of phrases.
        mask[0, 1:] = False
        pixels = torch.randn(sizes["pictures"], 3, side, side, generator=generator)
        return pixels, torch.nn.functional.normalize(queries, dim=-1), mask

    def phrases(sizes: Mapping[str, int]) -> tuple[torch.Tensor, ...]:
        generator = torch.Generator().manual_seed(sizes["phrases"])
        ids = torch.randint(1, text.vocab_size - 1, (sizes["phrases"], sizes["tokens"]), generator=generator)
        ids[:, -2:] = torch.tensor([text.vocab_size - 1, 0])
        return ids, (ids != 0).long()

    return [
        Part(
            file="owlv2-pictures.onnx",
            module=PictureScorer(model),
            free={
                "pixels": ("pictures", None, None, None),
                "queries": ("pictures", "phrases", None),
                "mask": ("pictures", "phrases"),
            },
            outputs=("boxes", "logits"),
            example=pictures,
            sizes=(
                {"pictures": 2, "phrases": 3},
                {"pictures": 1, "phrases": 1},
                {"pictures": 3, "phrases": 7},
            ),
            most_error={"boxes": 2e-5, "logits": 1e-3},
        ),
        Part(
            file="owlv2-phrases.onnx",
            module=PhraseTower(model),
            free={"input_ids": ("phrases", "tokens"), "attention_mask": ("phrases", "tokens")},
            outputs=("queries",),
            example=phrases,
            sizes=(
                {"phrases": 2, "tokens": 9},
                {"phrases": 1, "tokens": 4},
                {"phrases": 7, "tokens": 16},
            ),
            most_error={"queries": 2e-5},
        ),
    ]
