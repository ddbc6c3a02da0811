"""Runs batches that may not fit into memory."""

import gc
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from ..errors import is_out_of_memory

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def run_in_halves(
    items: Sequence[_Item], run: Callable[[Sequence[_Item]], Sequence[_Result | Exception]]
) -> list[_Result | Exception]:
    """
    `run(items)`. A batch that does not fit into memory is run in halves, down to one item, which then fails alone;
    what else `run` raises fails all of them.
    """
    if not items:
        return []
    try:
        return list(run(items))
    except Exception as error:
        if not is_out_of_memory(error):
            return [error] * len(items)
        # Without the frames, which keep every tensor of what failed.
        failure = error.with_traceback(None)
        failure.__cause__ = failure.__context__ = None
    # Out of the except clause, which keeps them too until it is left.
    give_back_memory()
    if len(items) == 1:
        return [failure]
    middle = len(items) // 2
    return [*run_in_halves(items[:middle], run), *run_in_halves(items[middle:], run)]


def give_back_memory() -> None:
    """What is not in use any more, also to other processes on the same GPU."""
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        torch.cuda.empty_cache()
