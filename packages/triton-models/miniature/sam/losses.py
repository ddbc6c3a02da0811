"""How far masks and the estimates of their IoU are from the truth."""

from dataclasses import dataclass

import torch
from torch.nn import functional

# Pixels added to the area by which a mask's errors are divided: a thing of which little is seen must not rule a batch.
_LEAST_AREA = 100


@dataclass(frozen=True)
class MaskLoss:
    """loss: scalar. iou: [prompts], of the mask that the model itself would choose, without gradient."""

    loss: torch.Tensor
    iou: torch.Tensor


def mask_loss(logits: torch.Tensor, estimates: torch.Tensor, truth: torch.Tensor) -> MaskLoss:
    """
    logits: [prompts, masks, side / 2, side / 2]. estimates: [prompts, masks] of the IoU. truth: [prompts, side, side].
    Of several masks the best one learns most (section 3 of arXiv 2304.02643), the others a little, so that none is
    left behind.
    """
    side = truth.shape[-1]
    full = functional.interpolate(logits.float(), (side, side), mode="bilinear", align_corners=False)
    wanted = truth[:, None].to(full.dtype).expand_as(full)
    errors = _relative_cross_entropy(full, wanted) + _dice(full, wanted)
    iou = _iou(full.detach(), wanted)
    estimate_errors = functional.mse_loss(estimates.float(), iou)
    loss = 0.7 * errors.min(dim=1).values.mean() + 0.3 * errors.mean() + estimate_errors
    chosen = estimates.argmax(dim=1, keepdim=True)
    return MaskLoss(loss, iou.gather(1, chosen)[:, 0])


def _relative_cross_entropy(logits: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """[..., height, width] -> [...]: summed over all pixels, for each pixel of the thing, as IoU counts errors."""
    total = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none").sum((-1, -2))
    return total / (wanted.sum((-1, -2)) + _LEAST_AREA)


def _dice(logits: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    share = logits.sigmoid()
    common = (share * wanted).sum((-1, -2))
    return 1 - (2 * common + 1) / (share.sum((-1, -2)) + wanted.sum((-1, -2)) + 1)


def _iou(logits: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    found, there = logits > 0, wanted > 0.5
    return (found & there).sum((-1, -2)) / (found | there).sum((-1, -2)).clamp(min=1)
