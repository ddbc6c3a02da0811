"""From what went wrong to the error that Triton sends."""

# Annotations are not evaluated: Triton fills pb_utils only after it has imported the model.
from __future__ import annotations

import traceback

import triton_python_backend_utils as pb_utils

from ..errors import BadInputError, BusyError, CancelledError, ModelError, NotCachedError

_CODES = (
    (BadInputError, "INVALID_ARG"),
    (NotCachedError, "NOT_FOUND"),
    (BusyError, "UNAVAILABLE"),
    (CancelledError, "CANCELLED"),
)


def triton_error(error: BaseException) -> pb_utils.TritonError:
    """
    One sentence and a code. What nobody foresaw is INTERNAL with the kind of the error alone: its words and its trace
    may hold paths or data and go to the server's log.
    """
    for kind, code in _CODES:
        if isinstance(error, kind):
            return pb_utils.TritonError(str(error), getattr(pb_utils.TritonError, code))
    if is_out_of_memory(error):
        return pb_utils.TritonError(
            "There is not enough memory for this request now.", pb_utils.TritonError.UNAVAILABLE
        )
    log_error(error)
    return pb_utils.TritonError(
        f"The model failed ({type(error).__name__}); the server's log has the reason.", pb_utils.TritonError.INTERNAL
    )


def is_out_of_memory(error: BaseException) -> bool:
    return isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError"


def log_error(error: BaseException) -> None:
    if isinstance(error, ModelError):
        return
    pb_utils.Logger.log_error("".join(traceback.format_exception(error)))
