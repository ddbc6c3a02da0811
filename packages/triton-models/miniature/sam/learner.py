"""The model with what it needs to learn: one pass from pictures and prompts to the loss."""

import torch
from torch import nn
from transformers import SamModel

from .auxiliary import DenseHead, dense_loss, dense_targets
from .batches import Batch
from .losses import MaskLoss, mask_loss
from .prompts import PromptGroup


class Learner(nn.Module):
    def __init__(self, model: SamModel) -> None:
        super().__init__()
        self.model = model
        self.dense = DenseHead(model.config.vision_config.output_channels)

    def forward(self, batch: Batch, dense_weight: float) -> dict[str, torch.Tensor]:
        """
        The loss, its dense part, and the mean IoU of the masks that production would choose, for a box, for one point
        and for other prompts. dense_weight: how much the dense part counts.
        """
        with torch.autocast(batch.pixels.device.type, dtype=torch.bfloat16):
            embedding = self.model.vision_encoder(batch.pixels).last_hidden_state
            found = self.dense(embedding)
        dense = dense_loss(found, dense_targets(batch.instances))
        results = [self._masks(embedding, batch.instances, group) for group in batch.groups]
        prompts = torch.tensor([group.things.numel() for group in batch.groups], device=dense.device)
        masks = (torch.stack([result.loss for result in results]) * prompts).sum() / prompts.sum()
        box, point, other = (result.iou.mean() for result in results)
        return {"loss": masks + dense_weight * dense, "dense": dense, "box": box, "point": point, "other": other}

    def _masks(self, embedding: torch.Tensor, instances: torch.Tensor, group: PromptGroup) -> MaskLoss:
        # Without autocast: in bfloat16 a coordinate would be off by half a pixel.
        positions = self.model.get_image_wide_positional_embeddings().expand(len(embedding), -1, -1, -1)
        sparse, dense = self.model.prompt_encoder(group.points, group.labels, group.boxes, None)
        with torch.autocast(embedding.device.type, dtype=torch.bfloat16):
            masks, estimates = self.model.mask_decoder(
                image_embeddings=embedding,
                image_positional_embeddings=positions,
                sparse_prompt_embeddings=sparse,
                dense_prompt_embeddings=dense,
                multimask_output=group.ambiguous,
            )
        truth = instances[:, None] == group.things[..., None, None] + 1
        return mask_loss(masks.flatten(0, 1), estimates.flatten(0, 1), truth.flatten(0, 1))
