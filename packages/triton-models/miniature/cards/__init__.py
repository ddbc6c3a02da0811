"""
The model cards (weights/<model>/README.md) and the table of figures in the package's README, written from the weights,
their metrics.json (how they were made) and figures.json (what they reach).
"""

from .card import cards
from .readme import with_figures
from .write import write_cards

__all__ = ["cards", "with_figures", "write_cards"]
