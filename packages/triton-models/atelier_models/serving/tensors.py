"""Between Triton's tensors and numpy arrays."""

# Annotations are not evaluated: Triton fills pb_utils only after it has imported the model.
from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy
import triton_python_backend_utils as pb_utils

from ..inputs import Inputs


def inputs_of(request: pb_utils.InferenceRequest, batched: bool = False) -> Inputs:
    return Inputs({tensor.name(): tensor.as_numpy() for tensor in request.inputs()}, batched)


def tensors_of(outputs: Mapping[str, numpy.ndarray]) -> list[pb_utils.Tensor]:
    return [pb_utils.Tensor(name, array) for name, array in outputs.items()]


def bytes_array(values: Sequence[bytes]) -> numpy.ndarray:
    """[n] of BYTES. Made empty first: numpy would cut trailing zeros off a plain array of bytes."""
    array = numpy.empty(len(values), dtype=object)
    array[:] = list(values)
    return array
