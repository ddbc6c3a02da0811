"""The files of cards and figures."""

from pathlib import Path

from ..files import CARD, README, WEIGHTS
from .card import cards
from .readme import with_figures


def write_cards() -> None:
    """Of all models that have weights."""
    for name, text in cards().items():
        _write(WEIGHTS / name / CARD, text)
    _write(README, with_figures(README.read_text()))


def _write(path: Path, text: str) -> None:
    making = path.with_suffix(".making")
    making.write_text(text)
    making.replace(path)
