"""How far scores and boxes are from the truth."""

import torch
from torch.nn import functional

_GAMMA = 2.0


def focal_loss(logits: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Elementwise (Lin et al. 2017, arXiv 1708.02002, without its alpha). wanted: 0 or 1."""
    signs = 1 - 2 * wanted
    return functional.softplus(signs * logits) * torch.sigmoid(signs * logits) ** _GAMMA


def box_loss(found: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """[n] of boxes [n, 4] (centre x, centre y, width, height), as DETR (arXiv 2005.12872): L1 and generalised IoU."""
    return 5 * functional.l1_loss(found, wanted, reduction="none").sum(-1) + 2 * (1 - _generalised_iou(found, wanted))


def _generalised_iou(found: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    (low_found, high_found), (low_wanted, high_wanted) = _corners(found), _corners(wanted)
    common = (torch.minimum(high_found, high_wanted) - torch.maximum(low_found, low_wanted)).clamp(min=0).prod(-1)
    hull = (torch.maximum(high_found, high_wanted) - torch.minimum(low_found, low_wanted)).prod(-1)
    union = found[..., 2:].prod(-1) + wanted[..., 2:].prod(-1) - common
    return common / union + union / hull - 1


def _corners(boxes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Left and top, right and bottom, each [n, 2]."""
    centre, size = boxes.split(2, dim=-1)
    return centre - size / 2, centre + size / 2
