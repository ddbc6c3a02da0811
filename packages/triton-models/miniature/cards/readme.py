"""The table of figures in the package's README."""

import re

from .figures import figures, rows
from .table import table

_PLACE = re.compile(r"(<!-- figures -->\n).*(<!-- /figures -->)", re.DOTALL)


def with_figures(readme: str) -> str:
    """The README with what stands between its marks `figures` as it is now."""
    if not _PLACE.search(readme):
        raise ValueError("The README has no place for the figures.")
    return _PLACE.sub(lambda found: f"{found[1]}\n{_table()}\n\n{found[2]}", readme)


def _table() -> str:
    split, bars = figures()
    of_models = ([bar["model"], *row] for bar, row in zip(bars, rows(bars), strict=True))
    where = f"on scenes of the {split} split, through a real tritonserver and the SDK"
    times = "Times are of one machine; they stand in `miniature/figures.json`."
    return f"**What they reach** {where}. {times}\n\n{table(['model', 'what', 'asked', 'reached', 'of'], of_models)}"
