"""Where what is committed lies."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
# A folder for each model; what is known of its making is in the folder's metrics.json.
WEIGHTS = _HERE / "weights"
METRICS, CURVES, CARD = "metrics.json", "curves.png", "README.md"
# What all reach, as `npm run verify:miniature -- --write` measured it.
FIGURES = _HERE / "figures.json"
README = _HERE.parent / "README.md"
