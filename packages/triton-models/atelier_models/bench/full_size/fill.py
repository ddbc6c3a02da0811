"""Random weights for modules of any size, made where they are wanted."""

from collections.abc import Callable
from typing import TypeVar

import torch

_Module = TypeVar("_Module", bound=torch.nn.Module)
_SPREAD = 0.02


def on_meta(make: Callable[[], _Module]) -> _Module:
    """The module that `make` makes, with shapes and without memory."""
    with torch.device("meta"):
        return make().eval()


def parameters_of(make: Callable[[], torch.nn.Module]) -> int:
    """How many parameters the module has; tied ones count once."""
    return sum(parameter.numel() for parameter in on_meta(make).parameters())


def filled(make: Callable[[], _Module], device: str, dtype: torch.dtype) -> _Module:
    """
    The module that `make` makes, its weights drawn on `device` in `dtype`: the library's own first values, in float32
    on the CPU, would take minutes. Matrices are normal with a spread of 0.02, scales of norms 1, biases 0. Only weights
    and buffers that are saved are valid: the module is to be saved, not run.
    """
    module = on_meta(make).to(dtype).to_empty(device=device)
    if hasattr(module, "tie_weights"):
        module.tie_weights()
    generator = torch.Generator(device).manual_seed(0)
    for name, tensor in module.state_dict().items():
        if not tensor.is_floating_point():
            raise TypeError(f"{name} is a saved buffer of {tensor.dtype}, which random numbers cannot fill.")
        if tensor.ndim > 1:
            tensor.normal_(0, _SPREAD, generator=generator)
        else:
            tensor.fill_(0.0 if name.endswith("bias") else 1.0)
    return module
