"""What was used last, kept within a budget."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class RecentlyUsed(Generic[_Key, _Value]):
    """
    Values by key, `budget` in all, of which each takes `size_of(value)`: 1 where only their number counts. The longest
    unused go first; one that is larger than the whole budget is not kept and drives nothing out. For one thread.
    """

    def __init__(self, budget: int, size_of: Callable[[_Value], int] = lambda _: 1) -> None:
        self._budget = budget
        self._size_of = size_of
        self._values: OrderedDict[_Key, _Value] = OrderedDict()
        self._size = 0

    def __len__(self) -> int:
        return len(self._values)

    @property
    def size(self) -> int:
        """What all values together take of the budget."""
        return self._size

    def get(self, key: _Key) -> _Value | None:
        """The value, which is now the one used last."""
        if key not in self._values:
            return None
        self._values.move_to_end(key)
        return self._values[key]

    def put(self, key: _Key, value: _Value) -> None:
        """In place of the one that the key had; the value is now the one used last."""
        size = self._size_of(value)
        if size > self._budget:
            return
        if key in self._values:
            self._size -= self._size_of(self._values.pop(key))
        self._values[key] = value
        self._size += size
        while self._size > self._budget:
            self._size -= self._size_of(self._values.popitem(last=False)[1])
