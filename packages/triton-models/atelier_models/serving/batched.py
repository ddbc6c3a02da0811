"""Models that answer each request once, many requests in one batch."""

# Annotations are not evaluated: Triton fills pb_utils only after it has imported the model.
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy
import triton_python_backend_utils as pb_utils

from ..errors import BusyError, CancelledError
from ..inputs import Inputs
from .backlog import Backlog
from .failures import triton_error
from .halves import run_in_halves
from .tensors import inputs_of, tensors_of

_FULL = "The queue is full: too many requests wait already. Try again later."
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def answer_batch(
    requests: Sequence[pb_utils.InferenceRequest],
    read: Callable[[Inputs], _Item],
    run: Callable[[list[_Item]], Sequence[_Result | Exception]],
    write: Callable[[_Result], Mapping[str, numpy.ndarray]],
    backlog: Backlog,
) -> list[pb_utils.InferenceResponse]:
    """
    One response a request, in order. A request that cannot be read gets its own error; the others run together in one
    `run`, whose results are in their order, an exception in place of a result failing that request alone.
    `write` gives each output without the batch dimension, which is added here. What `backlog` says is too much is
    refused unread.
    """
    with backlog.batch(len(requests)) as refused:
        outcomes: list[_Item | Exception] = [BusyError(_FULL)] * refused
        outcomes += [_read(request, read) for request in requests[refused:]]
        readable = [index for index, outcome in enumerate(outcomes) if not isinstance(outcome, Exception)]
        results = run_in_halves([outcomes[index] for index in readable], run)
        for index, result in zip(readable, results, strict=True):
            outcomes[index] = result
        return [_response(outcome, write) for outcome in outcomes]


def _read(request, read):
    if request.is_cancelled():
        return CancelledError("The request was cancelled.")
    try:
        return read(inputs_of(request, batched=True))
    except Exception as error:
        return error


def _response(outcome, write) -> pb_utils.InferenceResponse:
    if not isinstance(outcome, Exception):
        try:
            return pb_utils.InferenceResponse(tensors_of({name: array[None] for name, array in write(outcome).items()}))
        except Exception as error:
            outcome = error
    return pb_utils.InferenceResponse(error=triton_error(outcome))
