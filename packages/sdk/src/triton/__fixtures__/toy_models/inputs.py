"""Reads the tensors of a request. Everything that does not fit the contract is a `BadInputError`."""

import json
import math
import tempfile
from pathlib import Path

import triton_python_backend_utils as pb_utils

from .look import BadInputError


def array_of(request, name, batched=False):
    """An input's elements as a numpy array or None. `batched`: takes off the batch dimension of 1."""
    tensor = pb_utils.get_input_tensor_by_name(request, name)
    if tensor is None:
        return None
    array = tensor.as_numpy()
    if not batched:
        return array
    if array.shape[0] != 1:
        raise BadInputError(
            f"{name} has a batch of {array.shape[0]}; send one request a picture, the server batches them."
        )
    return array[0]


def scalar(request, name, low, high, batched=False):
    """A number of an input of one element, low <= value <= high."""
    value = _one(request, name, batched)
    value = value.item() if hasattr(value, "item") else value
    if not (math.isfinite(value) and low <= value <= high):
        raise BadInputError(f"{name} must be from {low:g} to {high:g}, not {value:g}.")
    return value


def text(request, name, batched=False):
    """UTF-8 of an input of one element."""
    return as_text(_one(request, name, batched), name)


def blob(request, name, batched=False):
    """Bytes of an input of one element, or None where it was left out."""
    return None if array_of(request, name, batched) is None else bytes(_one(request, name, batched))


def as_text(value, name):
    try:
        return value.decode() if isinstance(value, bytes) else str(value)
    except UnicodeDecodeError:
        raise BadInputError(f"{name} is not UTF-8 text.") from None


def record_file(request):
    """
    Where a test wants to read how far a request came: the request parameter (or forwarded header) `atelier-record`,
    a file in the temporary folder. None without it.
    """
    named = json.loads(request.parameters() or "{}").get("atelier-record")
    if not named:
        return None
    path = Path(named).resolve()
    if not path.is_relative_to(Path(tempfile.gettempdir()).resolve()):
        raise BadInputError("atelier-record must name a file in the temporary folder.")
    return path


def invalid(error, streamed=False):
    """`streamed`: of a decoupled model, whose words begin with the code, since a stream carries none."""
    return pb_utils.TritonError(("invalid-input: " if streamed else "") + str(error), pb_utils.TritonError.INVALID_ARG)


def _one(request, name, batched):
    array = array_of(request, name, batched)
    if array is None:
        raise BadInputError(f"{name} is missing.")
    if array.size != 1:
        raise BadInputError(f"{name} must have one element, not {array.size}.")
    return array.reshape(-1)[0]
