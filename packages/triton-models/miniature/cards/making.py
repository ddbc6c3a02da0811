"""How weights were made, as metrics.json has it, in Markdown."""

from collections.abc import Iterator, Mapping
from typing import Any

from .table import table


def made(metrics: Mapping[str, Any]) -> Iterator[str]:
    """Lines: what stands alone in a list; of what is nested a table each, with a column for each of what is in it."""
    for name, value in metrics.items():
        if _is_table(value):
            alone = ", ".join(f"{_words(key)} {_shown(leaf)}" for key, leaf in value.items() if not _is_table(leaf))
        else:
            alone = _shown(value)
        if name != "command" and alone:
            yield f"- {_words(name)}: {alone}"
    for name, value in metrics.items():
        inner = {key: dict(_leaves(part)) for key, part in value.items() if _is_table(part)} if _is_table(value) else {}
        if inner:
            yield ""
            yield _side_by_side(_words(name), inner)


def _side_by_side(title: str, columns: Mapping[str, Mapping[str, Any]]) -> str:
    # Once each, in the order in which they come.
    names = dict.fromkeys(name for column in columns.values() for name in column)
    rows = [[name, *(_shown(column.get(name, "")) for column in columns.values())] for name in names]
    return table([title, *map(_words, columns)], rows)


def _leaves(value: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """What is nested, however deep, each with the names that lead to it."""
    for name, inner in value.items():
        path = f"{above}{_words(name)}"
        if _is_table(inner):
            yield from _leaves(inner, f"{path}, ")
        else:
            yield path, inner


def _words(name: str) -> str:
    return name.replace("_", " ")


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list):
        return ", ".join(f"({_shown(each)})" if isinstance(each, list) else _shown(each) for each in value)
    return "unknown" if value is None else value


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)
