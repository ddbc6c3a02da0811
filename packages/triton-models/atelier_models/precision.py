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


def place(module: torch.nn.Module, settings: ModelSettings, *, quantised: bool = True) -> torch.nn.Module:
    """
    The same module, on the device of the settings, in their precision, for inference only; `int8` and `int4` replace
    the weights of its large linear layers (`weight_only`), unless `quantised` is False. Buffers, and parameters that
    the library kept in float32 when it loaded the module in this precision, stay in the type they have. With `compile`
    its forward is compiled, which works when it is called as `module(...)`: give it the part that does the work (a
    tower, an encoder, a transformer), not a whole model whose methods are called. Raises `SettingsError` where that
    cannot be done here.
    """
    dtype = torch_dtype(settings)
    module = module.eval().requires_grad_(False)
    kept = _kept_in_float32(module, dtype)
    if quantised and settings.precision in ("int8", "int4"):
        quantise(module, settings.precision, settings.device, dtype, kept)
    for parameter in module.parameters():
        if parameter.is_floating_point() and parameter not in kept:
            parameter.data = parameter.data.to(device=settings.device, dtype=dtype)
    # Buffers only move: what is not small in them are tables (`inv_freq`), which the model computed in their own type.
    module = module.to(settings.device)
    return compile_forward(module, settings) if settings.compile else module


def _kept_in_float32(module: torch.nn.Module, dtype: torch.dtype) -> set[torch.nn.Parameter]:
    """
    Parameters that would overflow or lose too much in `dtype`, as their library knows (`_keep_in_fp32_modules`: T5's
    `wo` in fp16). Where some have `dtype` already, the library loaded the module in it and left the others on purpose.
    """
    parameters = list(module.parameters())
    if not any(parameter.dtype == dtype for parameter in parameters):
        return set()
    return {parameter for parameter in parameters if parameter.dtype == torch.float32}
