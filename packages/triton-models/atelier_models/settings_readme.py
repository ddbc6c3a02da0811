"""`python -m atelier_models.settings_readme` writes the tables of settings into the README."""

import dataclasses
import re
import sys
from pathlib import Path

from .settings import SETTINGS, ModelSettings

README = Path(__file__).resolve().parents[1] / "README.md"
_PLACE = re.compile(r"(<!-- settings -->\n).*(<!-- /settings -->)", re.DOTALL)


def tables() -> str:
    """One table of what all models have, and one a model of what it has beside them or with another default."""
    common = {field.name: field for field in dataclasses.fields(ModelSettings) if field.name != "model"}
    parts = [_table("all models", common.values())]
    for name, kind in SETTINGS.items():
        own = [field for field in dataclasses.fields(kind) if common.get(field.name) != field]
        parts.append(_table(name, [field for field in own if _differs(field, common)]))
    return "\n".join(parts)


def with_tables(readme: str) -> str:
    return _PLACE.sub(lambda found: f"{found[1]}\n{tables()}\n{found[2]}", readme)


def _differs(field: dataclasses.Field, common: dict[str, dataclasses.Field]) -> bool:
    same = common.get(field.name)
    return same is None or (same.default, same.metadata) != (field.default, field.metadata)


def _table(title: str, fields) -> str:
    rows = [f"| {title} | default | |", "| --- | --- | --- |"]
    rows += [f"| `{field.name}` | {_shown(field.default)} | {_about(field)} |" for field in fields]
    return "\n".join(rows) + "\n"


def _about(field: dataclasses.Field) -> str:
    choices = field.metadata["choices"]
    said = field.metadata["about"]
    return said if not choices or choices[0] in said else f"{said}: {', '.join(choices)}"


def _shown(default) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, int):
        return f"{default:,}"
    if isinstance(default, float):
        return f"{default:g}"
    return f"`{default}`" if default != "" else "-"


if __name__ == "__main__":
    if not _PLACE.search(README.read_text()):
        sys.exit(f"{README} has no place for the tables.")
    README.write_text(with_tables(README.read_text()))
