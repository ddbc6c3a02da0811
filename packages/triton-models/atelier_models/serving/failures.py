"""From what went wrong to the error that Triton sends."""

# Annotations are not evaluated: Triton fills pb_utils only after it has imported the model.
from __future__ import annotations

import traceback

import triton_python_backend_utils as pb_utils

from ..errors import BadInputError, BusyError, CancelledError, NotCachedError, is_out_of_memory

_CODES = (
    (BadInputError, "INVALID_ARG"),
    (NotCachedError, "NOT_FOUND"),
    (BusyError, "UNAVAILABLE"),
    (CancelledError, "CANCELLED"),
)


# How a stream says them: it carries words alone (docs/decisions/0008-triton-model-contracts.md).
_BEGINNINGS = {"INVALID_ARG": "invalid-input: ", "UNAVAILABLE": "unavailable: "}


def triton_error(error: BaseException, streamed: bool = False) -> pb_utils.TritonError:
    """
    One sentence and a code. What nobody foresaw is INTERNAL with the kind of the error alone: its words and its trace
    may hold paths or data and go to the server's log. `streamed`: the sentence begins with the code.
    """
    code, words = _code_and_words(error)
    if code == "INTERNAL":
        log_error(error)
    return pb_utils.TritonError(
        (_BEGINNINGS.get(code, "") if streamed else "") + words, getattr(pb_utils.TritonError, code)
    )


def _code_and_words(error: BaseException) -> tuple[str, str]:
    for kind, code in _CODES:
        if isinstance(error, kind):
            return code, str(error)
    if is_out_of_memory(error):
        return "UNAVAILABLE", "There is not enough memory for this request now."
    return "INTERNAL", f"The model failed ({type(error).__name__}); the server's log has the reason."


def log_error(error: BaseException) -> None:
    pb_utils.Logger.log_error("".join(traceback.format_exception(error)))
