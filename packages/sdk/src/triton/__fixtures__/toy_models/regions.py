"""Connected regions of a boolean picture, from runs of its rows."""

from dataclasses import dataclass

import numpy


@dataclass(frozen=True)
class Region:
    """One connected region (4 neighbours)."""

    # (row, first column, column after the last)
    runs: tuple[tuple[int, int, int], ...]
    area: int
    # xyxy in pixels: left, top, right, bottom; the right and bottom edges are exclusive
    box: tuple[int, int, int, int]

    @property
    def fill(self) -> float:
        """Share of its bounding box that it covers, 0..1."""
        left, top, right, bottom = self.box
        return self.area / ((right - left) * (bottom - top))

    def contains(self, x: int, y: int) -> bool:
        return any(row == y and first <= x < last for row, first, last in self.runs)

    def mask(self, height: int, width: int) -> numpy.ndarray:
        mask = numpy.zeros((height, width), dtype=bool)
        for row, first, last in self.runs:
            mask[row, first:last] = True
        return mask


def find_regions(selected: numpy.ndarray, min_area: int = 16) -> list[Region]:
    """Regions of a boolean array [height, width] of at least `min_area` pixels, the largest first."""
    runs: list[tuple[int, int, int]] = []
    parents: list[int] = []
    above: list[int] = []
    for row in numpy.flatnonzero(selected.any(axis=1)):
        if above and runs[above[0]][0] != row - 1:
            above = []
        here = []
        for first, last in _runs_of(selected[row]):
            index = len(runs)
            runs.append((int(row), first, last))
            parents.append(index)
            here.append(index)
            for other in above:
                if runs[other][1] < last and first < runs[other][2]:
                    parents[_root(parents, other)] = _root(parents, index)
        above = here
    groups: dict[int, list[tuple[int, int, int]]] = {}
    for index, run in enumerate(runs):
        groups.setdefault(_root(parents, index), []).append(run)
    regions = [_region(group) for group in groups.values()]
    return sorted((region for region in regions if region.area >= min_area), key=lambda region: -region.area)


def _runs_of(row: numpy.ndarray) -> list[tuple[int, int]]:
    edges = numpy.flatnonzero(numpy.diff(row.astype(numpy.int8), prepend=0, append=0))
    return list(zip(edges[0::2].tolist(), edges[1::2].tolist(), strict=True))


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _region(runs: list[tuple[int, int, int]]) -> Region:
    area = sum(last - first for _, first, last in runs)
    left, right = min(run[1] for run in runs), max(run[2] for run in runs)
    return Region(tuple(runs), area, (left, runs[0][0], right, runs[-1][0] + 1))
