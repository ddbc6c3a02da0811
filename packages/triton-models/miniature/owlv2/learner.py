"""The model with what it needs to learn: one pass from pictures and phrases to the loss."""

import torch
from torch import nn
from torch.nn import functional
from transformers import CLIPTokenizer, Owlv2ForObjectDetection

from ..blockworld import COLOURS, SHAPES, SIZES
from .batches import Batch
from .losses import box_loss, focal_loss

_CLASSES = (len(SHAPES), len(COLOURS), len(SIZES))
_COLOUR = 1
# On the ground there is one more class than names; most patches are ground, and it is easy.
_GROUND_WEIGHT = 0.3
_ATTRIBUTES_WEIGHT, _BOX_WEIGHT = 1.0, 1.0
# Boxes of patches that are a part of a thing but not its centre.
_PART_WEIGHT = 0.3


class Learner(nn.Module):
    """
    attributes: tells shape, colour and size of the thing that a patch belongs to, and is thrown away with the training:
    features that phrases need come sooner than from the phrases.
    """

    def __init__(self, model: Owlv2ForObjectDetection, tokenizer: CLIPTokenizer):
        super().__init__()
        self.model = model
        self.attributes = nn.Linear(model.config.vision_config.hidden_size, sum(_CLASSES) + len(_CLASSES))
        self._tokenizer = tokenizer

    def forward(self, batch: Batch) -> dict[str, torch.Tensor]:
        """Scalars: `loss`, and `phrases`, `boxes` and `attributes`, of which it is made."""
        device = self.attributes.weight.device
        with torch.autocast(device.type, dtype=torch.bfloat16):
            features = self._features(batch.pixels.to(device), batch.patches.to(device))
            logits, _ = self.model.class_head(features, self._embedded(batch.queries.texts)[None], None)
            told = self.attributes(features)
        # Without autocast: in bfloat16 a box would be off by half a pixel.
        losses = {
            "phrases": self._phrase_loss(logits.float(), batch),
            "boxes": self._box_loss(features.float(), batch),
            "attributes": self._attribute_loss(told.float(), batch),
        }
        weighted = losses["phrases"] + _BOX_WEIGHT * losses["boxes"] + _ATTRIBUTES_WEIGHT * losses["attributes"]
        return {"loss": weighted, **losses}

    def _features(self, pixels: torch.Tensor, patches: torch.Tensor) -> torch.Tensor:
        """[n, k, width] of the patches [n, k]; the others are left out of the pictures."""
        vision = self.model.owlv2.vision_model
        embedded = vision.embeddings(pixels)
        seen = embedded[:, 1:].gather(1, patches[..., None].expand(-1, -1, embedded.shape[-1]))
        hidden = vision.pre_layernorm(torch.cat([embedded[:, :1], seen], dim=1))
        tokens = vision.post_layernorm(vision.encoder(inputs_embeds=hidden).last_hidden_state)
        return self.model.layer_norm(tokens[:, 1:] * tokens[:, :1])

    def _embedded(self, texts: list[str]) -> torch.Tensor:
        """[texts, width]"""
        tokens = self._tokenizer(texts, padding=True, return_tensors="pt").to(self.model.device)
        pooled = self.model.owlv2.text_model(**tokens).pooler_output
        return self.model.owlv2.text_projection(pooled)

    def _phrase_loss(self, logits: torch.Tensor, batch: Batch) -> torch.Tensor:
        pictures, things = (batch.centres >= 0).nonzero(as_tuple=True)
        slots = batch.centres[pictures, things]
        wanted = torch.zeros_like(logits)
        wanted[pictures, slots] = batch.queries.matches(batch.attributes)[pictures, things].to(wanted)
        weights = batch.weights.to(logits)
        weights[pictures, slots] = 1
        # Whether a phrase with a colour fits is not known of things in other colours.
        known = ~(batch.recoloured[:, None] & (batch.queries.wanted[:, _COLOUR] >= 0))[:, None].to(logits.device)
        losses = focal_loss(logits, wanted) * weights[..., None] * known
        return losses.sum() / (wanted * known).sum().clamp(min=1)

    def _box_loss(self, features: torch.Tensor, batch: Batch) -> torch.Tensor:
        pictures, slots = (batch.owners >= 0).nonzero(as_tuple=True)
        things = batch.owners[pictures, slots]
        weights = torch.where(batch.centres[pictures, things] == slots, 1.0, _PART_WEIGHT).to(features)
        bias = self.model.box_bias[batch.patches[pictures, slots]]
        found = torch.sigmoid(self.model.box_head(features[pictures, slots]) + bias)
        return (box_loss(found, batch.boxes[pictures, things].to(found)) * weights).sum() / weights.sum()

    def _attribute_loss(self, told: torch.Tensor, batch: Batch) -> torch.Tensor:
        ground = batch.owners < 0
        things = batch.owners.clamp(min=0)[..., None].expand(-1, -1, len(_CLASSES))
        classes = batch.attributes.gather(1, things)
        weights = torch.where(ground, _GROUND_WEIGHT, 1.0).to(told)
        total = told.new_zeros(())
        logits = told.split([count + 1 for count in _CLASSES], -1)
        for attribute, count in enumerate(_CLASSES):
            truth = classes[..., attribute].masked_fill(ground, count).to(told.device)
            losses = functional.cross_entropy(logits[attribute].transpose(1, 2), truth, reduction="none")
            if attribute == _COLOUR:
                losses = losses * (ground | ~batch.recoloured[:, None]).to(told)
            total = total + (losses * weights).sum() / weights.sum()
        return total
