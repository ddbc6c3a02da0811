"""Asks the hub. Nothing is downloaded here."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from huggingface_hub import HfApi, get_token

from .faults import UnreachableError

# Each step of a request (name, connection, answer) may take this long...
_STEP_S = 6
# ...and all of them this long. A resolver without an answer can only be left behind, not interrupted.
_ANSWER_S = 9

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class HubRepo:
    """A repository at one commit. `sizes`: path to bytes of each file. `licence`: of its model card."""

    revision: str
    sizes: dict[str, int]
    gated: bool
    licence: str | None


def ask_hub(id: str, revision: str | None) -> HubRepo:
    """The repository at `revision`, None for the newest. Raises what the client raises, or `UnreachableError`."""
    info = _in_time(lambda: HfApi().model_info(id, revision=revision or "main", files_metadata=True, timeout=_STEP_S))
    sizes = {file.rfilename: file.size or 0 for file in info.siblings or []}
    licence = getattr(info.card_data, "license", None) if info.card_data else None
    return HubRepo(info.sha, sizes, bool(info.gated), licence if isinstance(licence, str) else None)


def may_fetch(id: str) -> None:
    """Raises `GatedRepoError` when the account of the token was not let in."""
    _in_time(lambda: HfApi().auth_check(id))


def has_token() -> bool:
    return bool(get_token())


def _in_time(ask: Callable[[], _Answer]) -> _Answer:
    outcome: list = []

    def run() -> None:
        try:
            outcome.append((ask(), None))
        except BaseException as error:
            outcome.append((None, error))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(_ANSWER_S)
    if not outcome:
        raise UnreachableError
    answer, error = outcome[0]
    if error is not None:
        raise error
    return answer
