"""The course of a training as a picture."""

import json
import os
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

_COLUMNS = 3


def draw_curves(metrics: Path, picture: Path) -> None:
    """One small chart for each number in a metrics.jsonl, over the steps."""
    lines = [json.loads(line) for line in metrics.read_text().splitlines()] if metrics.is_file() else []
    names = sorted({name for line in lines for name in line} - {"step", "minutes"})
    if not names:
        return
    rows = -(-len(names) // _COLUMNS)
    figure, axes = pyplot.subplots(rows, _COLUMNS, figsize=(4 * _COLUMNS, 2.6 * rows), squeeze=False)
    for axis, name in zip(axes.flat, names, strict=False):
        points = [(line["step"], line[name]) for line in lines if name in line]
        axis.plot(*zip(*points, strict=True), linewidth=1)
        axis.set_title(name, fontsize=9)
        axis.tick_params(labelsize=7)
    for axis in axes.flat[len(names) :]:
        axis.set_visible(False)
    figure.tight_layout()
    making = picture.with_suffix(".making.png")
    figure.savefig(making, dpi=90)
    pyplot.close(figure)
    os.replace(making, picture)
