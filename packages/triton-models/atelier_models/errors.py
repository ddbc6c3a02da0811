"""What can go wrong, by whose fault it is. `serving.failures` turns each into Triton's error code."""


class ModelError(Exception):
    """Base class. The message is one sentence for the caller: no stack trace, no tensor data."""


class BadInputError(ModelError):
    """The request does not keep to the contract (INVALID_ARG)."""


class NotCachedError(ModelError):
    """The request refers to a picture that is not kept (NOT_FOUND)."""


class BusyError(ModelError):
    """There is no room for the request now; later there may be (UNAVAILABLE)."""


class CancelledError(ModelError):
    """The caller gave up, and the work was stopped (CANCELLED)."""


class SettingsError(Exception):
    """A setting or the weights it names cannot be used. The model is not loaded; the message says what to do."""


def is_out_of_memory(error: BaseException) -> bool:
    """By its name: torch's own class, which not everybody who asks has imported."""
    return isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError"
