"""Weights in 8 or 4 bits, activations as before: less memory, and less to read from it for each token or step."""

import re
from collections.abc import Set

import torch
from torch import nn
from torch.nn.functional import linear

from .errors import SettingsError

# Layers whose errors show most and that weigh little: what enters and leaves the model, and heads.
# `wo`: transformers casts what goes into this layer of T5 to the type of its weights, whatever that is.
_LEFT_ALONE = re.compile(r"(^|[._])(embed\w*|head\w*|proj_out|projection|wo)([._]|$)")
# Smaller layers gain nothing.
_SMALLEST_SIDE = 32


def quantise(
    module: nn.Module, precision: str, device: str, dtype: torch.dtype, kept: Set[nn.Parameter] = frozenset()
) -> None:
    """
    Replaces the large linear layers inside `module` by layers of the same function, moved to `device` one by one, so
    that the whole of it never lies there in full precision. `precision`: int8 or int4. `kept`: weights that stay.
    """
    quantised = {"int8": Int8Linear, "int4": _int4_linear}[precision]
    for name, layer in list(module.named_modules()):
        # Exactly nn.Linear: what derives from it has its weights read by others.
        if type(layer) is not nn.Linear or min(layer.weight.shape) < _SMALLEST_SIDE or _LEFT_ALONE.search(name):
            continue
        if layer.weight not in kept:
            module.set_submodule(name, quantised(layer.to(device=device, dtype=dtype)))


class Int8Linear(nn.Module):
    """
    [..., in] to [..., out]. Each row of the weights is whole numbers from -127 to 127 times a scale of its own
    (symmetric, by the largest number of the row); they become numbers of the input's type on the way into the product.
    """

    def __init__(self, layer: nn.Linear):
        super().__init__()
        weight = layer.weight.float()
        scale = weight.abs().amax(dim=1).clamp(min=torch.finfo(torch.float32).tiny) / 127
        self.in_features, self.out_features = layer.in_features, layer.out_features
        self.register_buffer("weight", (weight / scale[:, None]).round().to(torch.int8))
        self.register_buffer("scale", scale.to(layer.weight.dtype))
        self.bias = layer.bias

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        product = linear(values, self.weight.to(values.dtype)) * self.scale
        return product if self.bias is None else product + self.bias


def _int4_linear(layer: nn.Linear) -> nn.Module:
    """NF4 in blocks of 64 (QLoRA, arXiv 2305.14314), by bitsandbytes."""
    try:
        from bitsandbytes.nn import Linear4bit, Params4bit
    except (ImportError, OSError, RuntimeError) as error:
        raise SettingsError(f"precision int4 needs bitsandbytes, which cannot be used here: {error}") from error
    weight = layer.weight
    quantised = Linear4bit(
        layer.in_features, layer.out_features, layer.bias is not None, weight.dtype, quant_type="nf4", device="meta"
    )
    # Moving is what makes bitsandbytes quantise.
    quantised.weight = Params4bit(weight.data, requires_grad=False, quant_type="nf4").to(weight.device)
    quantised.bias = layer.bias
    return quantised
