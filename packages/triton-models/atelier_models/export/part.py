"""What is exported: a module, its inputs and which of their dimensions are free."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from torch import Tensor, nn


@dataclass(frozen=True)
class Part:
    """One ONNX file."""

    file: str
    module: nn.Module
    """In float32, on the CPU. It takes the inputs in their order."""

    free: Mapping[str, tuple[str | None, ...]]
    """The inputs: for each dimension the name of its size where it is free, None where it is fixed."""

    outputs: tuple[str, ...]
    example: Callable[[Mapping[str, int]], tuple[Tensor, ...]]
    """Inputs of given free sizes. The same for the same sizes."""

    sizes: tuple[Mapping[str, int], ...]
    """Free sizes with which the file is compared with the module. It is traced with the first: none of them 1."""

    most_error: Mapping[str, float]
    """For each output the largest absolute difference from the module that is taken for right."""
