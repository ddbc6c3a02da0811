"""Prompts of several pictures as tensors."""

from dataclasses import dataclass

import numpy
import torch

from .frame import Frame
from .prompts import Prompt


@dataclass(frozen=True)
class PromptBatch:
    """
    Prompts of one shape as the prompt encoder takes them, in pixels of the square.

    points: [n, 1, points, 2] float32 (x, y), or None.
    labels: [n, 1, points] int32, or None.
    boxes: [n, 1, 4] float32 xyxy, or None.
    """

    points: torch.Tensor | None
    labels: torch.Tensor | None
    boxes: torch.Tensor | None

    @staticmethod
    def of(prompts: list[Prompt], frames: list[Frame], device: str) -> "PromptBatch":
        points = [frame.inner(prompt.points) for prompt, frame in zip(prompts, frames, strict=True)]
        labels = [prompt.labels.astype(numpy.int32) for prompt in prompts]
        boxes = [
            frame.inner(prompt.box.reshape(2, 2)).reshape(4)
            for prompt, frame in zip(prompts, frames, strict=True)
            if prompt.box is not None
        ]

        def tensor(rows: list[numpy.ndarray]) -> torch.Tensor | None:
            return torch.from_numpy(numpy.stack(rows)).to(device)[:, None] if rows and rows[0].size else None

        return PromptBatch(tensor(points), tensor(labels), tensor(boxes))
