"""Where a model computes and in which numbers."""

import torch

from .settings import ModelSettings


def torch_dtype(settings: ModelSettings) -> torch.dtype:
    """The type of activations (and of weights, unless they are quantised)."""
    if settings.precision == "auto":
        return torch.bfloat16 if settings.device.startswith("cuda") else torch.float32
    return {"fp32": torch.float32, "fp16": torch.float16}.get(settings.precision, torch.bfloat16)


def place(module: torch.nn.Module, settings: ModelSettings) -> torch.nn.Module:
    """On the device of the settings, in their precision, for inference only."""
    return module.eval().requires_grad_(False).to(device=settings.device, dtype=torch_dtype(settings))
