"""Input tensors of a request as JSON, the form in which the bench hands them over."""

import base64
from collections.abc import Mapping
from typing import Any

import numpy

from ..inputs import Inputs

_NUMBERS = {"FP32": numpy.float32, "INT32": numpy.int32, "INT64": numpy.int64}


def read_inputs(tensors: Mapping[str, Mapping[str, Any]], batched: bool) -> Inputs:
    """
    The inputs of one request, as Triton would hand them over. Each tensor has `datatype`, `shape` (with the batch
    dimension, if the model has one) and `data`: the base64 of its row-major little-endian bytes, for BYTES a list of
    the base64 of each element. Raises `ValueError` for anything else.
    """
    return Inputs({name: _array(tensor) for name, tensor in tensors.items()}, batched)


def _array(tensor: Mapping[str, Any]) -> numpy.ndarray:
    datatype, shape, data = tensor["datatype"], tensor["shape"], tensor["data"]
    if datatype == "BYTES":
        array = numpy.empty(len(data), dtype=object)
        array[:] = [base64.b64decode(element, validate=True) for element in data]
    elif datatype in _NUMBERS:
        array = numpy.frombuffer(base64.b64decode(data, validate=True), dtype=_NUMBERS[datatype])
    else:
        raise ValueError(f"The datatype {datatype} is none of BYTES, {', '.join(_NUMBERS)}.")
    return array.reshape(shape)
