"""Decoupled models: each request is answered by a stream of responses, until it is done, fails or is cancelled."""

# Annotations are not evaluated: Triton fills pb_utils only after it has imported the model.
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import numpy
import triton_python_backend_utils as pb_utils

from ..errors import CancelledError, is_out_of_memory
from ..inputs import Inputs
from .failures import triton_error
from .halves import give_back_memory
from .tensors import inputs_of, tensors_of
from .waiting_line import Work

_Item = TypeVar("_Item")
_FINAL = pb_utils.TRITONSERVER_RESPONSE_COMPLETE_FINAL


def stream_work(
    request: pb_utils.InferenceRequest,
    read: Callable[[Inputs], _Item],
    run: Callable[[_Item, Callable[[], bool]], Iterator[Mapping[str, numpy.ndarray]]],
) -> Work:
    """
    Sends what `run(item, is_cancelled)` yields, each as one response, once it is its turn. `run` asks `is_cancelled` as
    often as it can stop, and raises `CancelledError` or just ends then. What goes wrong is the stream's last response.
    """
    # Taken now: the request is gone once `execute` has returned. Its tensors are not, while somebody holds them.
    sender = request.get_response_sender()
    return Work(
        run=lambda: _answer(request, sender, read, run),
        refuse=lambda error: _fail(sender, error),
        is_cancelled=sender.is_cancelled,
    )


def _answer(request, sender, read, run) -> None:
    try:
        item = read(inputs_of(request))
        for outputs in run(item, sender.is_cancelled):
            sender.send(pb_utils.InferenceResponse(tensors_of(outputs)))
        if sender.is_cancelled():
            raise CancelledError("The request was cancelled.")
        sender.send(flags=_FINAL)
        return
    except Exception as error:
        _fail(sender, error)
        is_full = is_out_of_memory(error)
    # Out of the except clause, which keeps what was computed.
    if is_full:
        give_back_memory()


def _fail(sender: pb_utils.InferenceResponseSender, error: Exception) -> None:
    sender.send(pb_utils.InferenceResponse(error=triton_error(error, streamed=True)), flags=_FINAL)
