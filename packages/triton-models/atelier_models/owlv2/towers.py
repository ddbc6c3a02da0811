"""The two halves of OWLv2 (Minderer, Gritsenko, Houlsby: Scaling Open-Vocabulary Object Detection, 2023)."""

import dataclasses

import torch
from torch import nn
from torch.nn.functional import normalize
from transformers import Owlv2ForObjectDetection

from ..precision import place
from ..settings import Owlv2Settings


class PictureScorer(nn.Module):
    """
    From pixels and phrase embeddings to boxes and logits; tensors alone, to be exported.
    The tower computes in the precision of the settings, the small heads always in fp32: bfloat16 knows a place in the
    picture only to 1/256 of its side.
    """

    def __init__(self, model: Owlv2ForObjectDetection):
        """model: in fp32."""
        super().__init__()
        self.tower = model.owlv2.vision_model
        self.layer_norm = model.layer_norm
        self.box_head = model.box_head
        self.class_head = model.class_head
        self.register_buffer("box_bias", model.box_bias, persistent=False)

    def forward(
        self, pixels: torch.Tensor, queries: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """pixels: [batch, 3, height, width]. The rest as in `score`."""
        return self.score(self.features(pixels), queries, mask)

    def features(self, pixels: torch.Tensor) -> torch.Tensor:
        """
        [batch, patches, width] of pixels [batch, 3, height, width], in the precision of the tower and before the norm:
        in bfloat16 they take half the memory that the norm's float32 would, and nothing is lost.
        """
        tokens = self.tower.post_layernorm(self.tower(pixels).last_hidden_state)
        return tokens[:, 1:] * tokens[:, :1]

    def score(
        self, features: torch.Tensor, queries: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """
        features: of `features`; queries: [batch, phrases, width] float32; mask: [batch, phrases] bool.
        (boxes [batch, patches, 4], logits [batch, patches, phrases]), both float32. Boxes are (centre x, centre y,
        width, height) of the padded square, 0..1. Logits of masked phrases are the smallest number.
        """
        normed = self.layer_norm(features.float())
        logits, _ = self.class_head(normed, queries, mask)
        return torch.sigmoid(self.box_head(normed) + self.box_bias), logits


class PhraseTower(nn.Module):
    """From tokens to phrase embeddings."""

    def __init__(self, model: Owlv2ForObjectDetection):
        super().__init__()
        self.text_model = model.owlv2.text_model
        self.text_projection = model.owlv2.text_projection

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Both [phrases, tokens] int64; [phrases, width] float32 of length 1."""
        pooled = self.text_model(input_ids=input_ids, attention_mask=attention_mask).pooler_output
        return normalize(self.text_projection(pooled).float(), dim=-1)


def placed_towers(model: Owlv2ForObjectDetection, settings: Owlv2Settings) -> tuple[PictureScorer, PhraseTower]:
    """On the device of the settings, in their precision. model: in fp32. Raises `SettingsError`."""
    scorer = PictureScorer(model.eval().requires_grad_(False))
    place(scorer.tower, settings)
    # Phrases are embedded once, any number at a time: compiling for each number costs more than it saves.
    phrases = place(PhraseTower(model), dataclasses.replace(settings, compile=False))
    return scorer.to(settings.device), phrases
