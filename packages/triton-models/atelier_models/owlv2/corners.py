"""Corners of boxes."""

import torch


def corners_of(boxes: torch.Tensor) -> torch.Tensor:
    """(left, top, right, bottom) of [..., 4] (centre x, centre y, width, height)."""
    centre, size = boxes.split(2, dim=-1)
    return torch.cat([centre - size / 2, centre + size / 2], dim=-1)
