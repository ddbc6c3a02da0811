"""
What the encoder is asked for besides masks, at each of 4 x 4 cells of each patch: is there a thing, is there an edge of
one, and where is the middle of the thing. Learned by a linear layer that is thrown away with the training: features
that masks need come sooner than from the masks of a few prompts.
"""

import torch
from torch import nn
from torch.nn import functional

_CELLS = 4
# On a thing, edge, and the middle's distance to the right and down.
_VALUES = 4


class DenseHead(nn.Module):
    """From the embedding [n, channels, h, w] to [n, 4, 4 h, 4 w]: logit of a thing, of an edge, and two distances."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.linear = nn.Conv2d(channels, _VALUES * _CELLS**2, kernel_size=1)

    def forward(self, embedding: torch.Tensor) -> torch.Tensor:
        return functional.pixel_shuffle(self.linear(embedding), _CELLS)


def dense_targets(instances: torch.Tensor) -> torch.Tensor:
    """
    instances: [n, side, side] int64, 0 where there is none -> [n, 4, side / 2, side / 2] float32 as `DenseHead` gives
    them. Distances are in sixteenths of the side.
    """
    side = instances.shape[-1]
    thing = functional.avg_pool2d((instances > 0).float()[:, None], 2)
    padded = functional.pad(instances.float()[:, None], (1, 1, 1, 1), mode="replicate")
    differs = functional.max_pool2d(padded, 3, 1) != -functional.max_pool2d(-padded, 3, 1)
    edge = functional.avg_pool2d(differs.float(), 2)
    corners = instances[:, ::2, ::2]
    return torch.cat([thing, edge, _to_middle(corners) * (16 / (side // 2))], dim=1)


def dense_loss(found: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    logits, distances = found[:, :2].float(), found[:, 2:].float()
    present = (wanted[:, :1] > 0.5).expand_as(distances)
    classes = functional.binary_cross_entropy_with_logits(logits, wanted[:, :2])
    return 2 * classes + functional.smooth_l1_loss(distances[present], wanted[:, 2:][present], beta=0.2)


def _to_middle(instances: torch.Tensor) -> torch.Tensor:
    """[n, h, w] -> [n, 2, h, w]: from each place to the mean place of its instance, (x, y), in places."""
    number, height, width = instances.shape
    most = int(instances.max()) + 1
    keys = (instances + most * torch.arange(number)[:, None, None]).flatten()
    rows, columns = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    counts = torch.bincount(keys, minlength=most * number).clamp(min=1)
    distances = []
    for places in (columns, rows):
        flat = places.expand(number, -1, -1).flatten().float()
        middle = torch.bincount(keys, flat, minlength=most * number) / counts
        distances.append((middle[keys] - flat).view(number, height, width))
    return torch.stack(distances, dim=1)
