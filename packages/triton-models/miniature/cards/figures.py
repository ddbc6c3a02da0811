"""What is reached, as rows of tables."""

import json
from collections.abc import Iterator
from typing import Any

from ..files import FIGURES

Bar = dict[str, Any]


def figures() -> tuple[str, list[Bar]]:
    """The split of the scenes, and what was measured but times: those are of one machine on one day."""
    read = json.loads(FIGURES.read_text())
    return read["split"], [bar for bar in read["bars"] if bar["unit"] not in ("ms", "s")]


def rows(bars: list[Bar]) -> Iterator[list[str]]:
    """Of each: what it is, what is asked, what is reached (missed ones marked as such), of how many."""
    for bar in bars:
        yield [bar["what"], _asked(bar), f"{_number(bar, bar['value'])}{_missed(bar)}", f"{bar['count']:,}"]


def _asked(bar: Bar) -> str:
    if "least" in bar:
        return f">= {_number(bar, bar['least'])}"
    return f"<= {_number(bar, bar['most'])}" if "most" in bar else ""


def _missed(bar: Bar) -> str:
    reached = bar.get("least", float("-inf")) <= bar["value"] <= bar.get("most", float("inf"))
    return "" if reached else " (missed)"


def _number(bar: Bar, value: float) -> str:
    return f"{100 * value:.1f} %" if bar["unit"] == "share" else f"{value:g}"
