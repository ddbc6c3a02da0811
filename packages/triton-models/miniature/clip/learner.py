"""The model with what it needs to learn: one pass from pictures and descriptions to the loss."""

import torch
from atelier_models.clip.tokens import Tokens
from torch import nn
from torch.nn import functional
from transformers import CLIPModel, CLIPTokenizer

from .batches import Batch
from .tokenizer import CONTEXT
from .truth import CLASSES, CONTENTS

_PATCHES_WEIGHT, _CONTENTS_WEIGHT = 1.0, 5.0
# On the ground there is one more class than names; most patches are ground, and it is easy.
_GROUND_WEIGHT = 0.3


class Learner(nn.Module):
    """
    patches: tells shape, colour and size of what is on each patch. contents: tells from a vector, of a picture or of a
    text, what there is in the scene. Both are thrown away with the training: features that the likeness needs come
    sooner with them.
    """

    def __init__(self, model: CLIPModel, tokenizer: CLIPTokenizer) -> None:
        super().__init__()
        self.model = model
        self.patches = nn.Linear(model.config.vision_config.hidden_size, sum(CLASSES) + len(CLASSES))
        self.contents = nn.Linear(model.config.projection_dim, CONTENTS)
        self._tokenizer = tokenizer

    def forward(self, batch: Batch, auxiliary_weight: float) -> dict[str, torch.Tensor]:
        """Scalars: the loss, of what it is made, and the share of texts whose picture is the most like of the batch."""
        device = self.contents.weight.device
        tokens = Tokens(self._tokenizer, CONTEXT, padded=False, device=device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            seen = self.model.vision_model(batch.pixels.to(device))
            told = self.patches(seen.last_hidden_state[:, 1:]).float()
            images = self.model.visual_projection(seen.pooler_output).float()
            read = self.model.text_model(**tokens(batch.texts))
            texts = self.model.text_projection(read.pooler_output).float()
        logits = functional.normalize(texts, dim=-1) @ functional.normalize(images, dim=-1).T
        logits = logits * self.model.logit_scale.exp().clamp(max=100)
        own = torch.arange(len(logits), device=device)
        likeness = (functional.cross_entropy(logits, own) + functional.cross_entropy(logits.T, own)) / 2
        patches = self._patch_loss(told, batch.patches.to(device))
        wanted = batch.contents.to(device)
        contents = sum(functional.mse_loss(self.contents(vectors), wanted) for vectors in (images, texts))
        auxiliary = _PATCHES_WEIGHT * patches + _CONTENTS_WEIGHT * contents
        return {
            "loss": likeness + auxiliary_weight * auxiliary,
            "likeness": likeness,
            "patches": patches,
            "contents": contents,
            "recall_at_one": (logits.argmax(dim=1) == own).float().mean(),
        }

    def _patch_loss(self, told: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        parts = told.flatten(0, 1).split([count + 1 for count in CLASSES], dim=-1)
        losses = []
        for part, right in zip(parts, wanted.flatten(0, 1).unbind(-1), strict=True):
            weights = torch.ones(part.shape[-1], device=part.device)
            weights[-1] = _GROUND_WEIGHT
            losses.append(functional.cross_entropy(part, right, weights))
        return sum(losses)
