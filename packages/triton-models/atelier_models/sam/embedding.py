"""What is kept of a picture, so that a further prompt costs only the decoder."""

from dataclasses import dataclass

import torch

from .frame import Frame


@dataclass(frozen=True)
class Embedding:
    """
    What the image encoder made of one picture: feature maps [channels, height, width], the coarsest last, on the device
    where they were computed.
    """

    features: tuple[torch.Tensor, ...]
    frame: Frame

    @property
    def nbytes(self) -> int:
        return sum(feature.nbytes for feature in self.features)
