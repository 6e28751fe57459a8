"""Connected regions of a probability map, each as the smallest turned rectangle around it. Only numpy."""

from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


class Blob(msgspec.Struct, frozen=True):
    """`corners`: 4 x 2, pixels of the map, clockwise from top left in reading direction; `score` 0..1."""

    corners: Floats
    score: float


def blobs(probability: Floats, threshold: float, least_score: float, grow: float) -> list[Blob]:
    """Regions of `probability` (height x width, 0..1) above `threshold` whose mean is `least_score` or more.

    Each rectangle is widened by area * `grow` / perimeter on all sides: the detector was trained on shrunk
    text regions (differentiable binarization, Liao et al. 2020).
    """
    rows, starts, ends = _runs(probability > threshold)
    if not len(rows):
        return []
    label = _labels(rows, starts, ends)
    sums = np.zeros((probability.shape[0], probability.shape[1] + 1))
    np.cumsum(probability, axis=1, out=sums[:, 1:])
    weight = sums[rows, ends] - sums[rows, starts]
    order = np.argsort(label, kind="stable")
    bounds = np.flatnonzero(np.diff(label[order], prepend=-1, append=-1))
    found = []
    for low, high in pairwise(bounds):
        members = order[low:high]
        blob = _blob(rows[members], starts[members], ends[members], float(weight[members].sum()), grow)
        if blob is not None and blob.score >= least_score:
            found.append(blob)
    return found


def _runs(mask: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Row, first column and column past the end of every horizontal run, in reading order."""
    edges = np.diff(mask.astype(np.int8), axis=1, prepend=0, append=0)
    rows, starts = np.nonzero(edges == 1)
    return rows, starts, np.nonzero(edges == -1)[1]


def _labels(rows: NDArray[np.intp], starts: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.intp]:
    """One number per run; runs that touch, also by a corner, across neighbouring rows share it."""
    stride = int(ends.max()) + 2
    below = (rows + 1) * stride
    first = np.searchsorted(rows * stride + ends, below + starts)
    past = np.searchsorted(rows * stride + starts, below + ends, side="right")
    parent = list(range(len(rows)))

    def root(run: int) -> int:
        while parent[run] != run:
            parent[run] = parent[parent[run]]
            run = parent[run]
        return run

    for run in np.flatnonzero(past > first).tolist():
        for other in range(int(first[run]), int(past[run])):
            parent[root(other)] = root(run)
    return np.array([root(run) for run in range(len(rows))])


def _blob(
    rows: NDArray[np.intp], starts: NDArray[np.intp], ends: NDArray[np.intp], weight: float, grow: float
) -> Blob | None:
    if rows[-1] - rows[0] < 2 or ends.max() - starts.min() < 3:
        return None
    edge = np.concatenate(
        [
            np.stack([starts, rows], 1),
            np.stack([ends, rows], 1),
            [[starts[-1], rows[-1] + 1], [ends[-1], rows[-1] + 1]],
        ]
    )
    centre, axis, size = _smallest_rectangle(_hull(edge.astype(float)))
    area = max(float(size[0] * size[1]), 1.0)
    size = size + 2 * area * grow / (2 * float(size.sum()))
    return Blob(_corners(centre, axis, size), min(weight / area, 1.0))


def _hull(points: Floats) -> Floats:
    """Convex hull, counter-clockwise, by Andrew's monotone chain."""
    ordered = sorted(set(map(tuple, points.tolist())))
    halves: list[list[tuple[float, ...]]] = []
    for sequence in (ordered, ordered[::-1]):
        chain: list[tuple[float, ...]] = []
        for point in sequence:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        halves.append(chain[:-1])
    return np.array(halves[0] + halves[1])


def _turn(a: tuple[float, ...], b: tuple[float, ...], c: tuple[float, ...]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _smallest_rectangle(hull: Floats) -> tuple[Floats, Floats, Floats]:
    """Centre, unit axis nearest to level (pointing right: lines are level on an upright page) and (length, height) of the least-area rectangle."""
    sides = np.roll(hull, -1, axis=0) - hull
    units = sides / np.linalg.norm(sides, axis=1, keepdims=True)
    along = hull @ units.T
    across = hull @ np.stack([-units[:, 1], units[:, 0]])
    length, height = np.ptp(along, axis=0), np.ptp(across, axis=0)
    best = int(np.argmin(length * height))
    unit, normal = units[best], np.array([-units[best, 1], units[best, 0]])
    middle_along = (along[:, best].max() + along[:, best].min()) / 2
    middle_across = (across[:, best].max() + across[:, best].min()) / 2
    centre = unit * middle_along + normal * middle_across
    size = np.array([length[best], height[best]])
    if abs(unit[0]) < abs(unit[1]):
        unit, size = normal, size[::-1]
    return centre, unit if unit[0] >= 0 else -unit, size


def _corners(centre: Floats, axis: Floats, size: Floats) -> Floats:
    right, down = axis * size[0] / 2, np.array([-axis[1], axis[0]]) * size[1] / 2
    return np.stack(
        [centre - right - down, centre + right - down, centre + right + down, centre - right + down]
    )
