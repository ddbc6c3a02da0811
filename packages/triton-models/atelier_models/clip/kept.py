"""The vectors of what was asked for lately."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy

from ..errors import BadInputError

Row = numpy.ndarray | BadInputError


class Kept:
    """
    At most `most` vectors; the longest unused go first. Triton's own response cache would keep errors too, and answer a
    request that failed once with success and no outputs ever after (seen with 2.51).
    """

    def __init__(self, most: int):
        self._most = most
        self._rows: OrderedDict[bytes, numpy.ndarray] = OrderedDict()

    def rows(self, items: Sequence[bytes], compute: Callable[[list[int]], Sequence[Row]]) -> list[Row]:
        """A row for each item: `compute` is asked once, for the places in `items` of those that are not kept."""
        keys = [hashlib.sha256(item).digest() for item in items]
        rows: list[Row | None] = [self._find(key) for key in keys]
        missing = [index for index, row in enumerate(rows) if row is None]
        if missing:
            for index, row in zip(missing, compute(missing), strict=True):
                rows[index] = row
                self._keep(keys[index], row)
        return rows

    def _find(self, key: bytes) -> numpy.ndarray | None:
        if key not in self._rows:
            return None
        self._rows.move_to_end(key)
        return self._rows[key]

    def _keep(self, key: bytes, row: Row) -> None:
        if isinstance(row, BadInputError):
            return
        # A copy: a row alone would hold on to the whole batch that it is a part of.
        self._rows[key] = row.copy()
        while len(self._rows) > self._most:
            self._rows.popitem(last=False)
