"""The vectors of what was asked for lately."""

import hashlib
from collections.abc import Callable, Sequence

import numpy

from ..errors import BadInputError
from ..recently_used import RecentlyUsed

Row = numpy.ndarray | BadInputError


class Kept:
    """
    At most `most` vectors; the longest unused go first. Triton's own response cache would keep errors too, and answer a
    request that failed once with success and no outputs ever after (seen with 2.51).
    """

    def __init__(self, most: int):
        self._rows: RecentlyUsed[bytes, numpy.ndarray] = RecentlyUsed(most)

    def rows(self, items: Sequence[bytes], compute: Callable[[list[int]], Sequence[Row]]) -> list[Row]:
        """A row for each item: `compute` is asked once, for the places in `items` of those that are not kept."""
        keys = [hashlib.sha256(item).digest() for item in items]
        rows: list[Row | None] = [self._rows.get(key) for key in keys]
        missing = [index for index, row in enumerate(rows) if row is None]
        if missing:
            for index, row in zip(missing, compute(missing), strict=True):
                rows[index] = row
                if not isinstance(row, BadInputError):
                    # A copy: a row alone would hold on to the whole batch that it is a part of.
                    self._rows.put(keys[index], row.copy())
        return rows
