"""Where a model computes and in which numbers."""

import torch

from .compiled import compile_forward
from .settings import ModelSettings
from .weight_only import quantise


def torch_dtype(settings: ModelSettings) -> torch.dtype:
    """The type of activations (and of weights, unless they are quantised)."""
    if settings.precision == "auto":
        return torch.bfloat16 if settings.device.startswith("cuda") else torch.float32
    return {"fp32": torch.float32, "fp16": torch.float16}.get(settings.precision, torch.bfloat16)


def place(module: torch.nn.Module, settings: ModelSettings) -> torch.nn.Module:
    """
    The same module, on the device of the settings, in their precision, for inference only; `int8` and `int4` replace
    the weights of its large linear layers (`weight_only`). With `compile` its forward is compiled, which works when it
    is called as `module(...)`: give it the part that does the work (a tower, an encoder, a transformer), not a whole
    model whose methods are called. Raises `SettingsError` where that cannot be done here.
    """
    module = module.eval().requires_grad_(False)
    if settings.precision in ("int8", "int4"):
        quantise(module, settings.precision, settings.device, torch_dtype(settings))
    module = module.to(device=settings.device, dtype=torch_dtype(settings))
    return compile_forward(module, settings) if settings.compile else module
