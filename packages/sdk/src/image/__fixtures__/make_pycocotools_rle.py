"""Writes pycocotools-rle.json: masks and what pycocotools makes of them.

    pip install pycocotools numpy
    python make_pycocotools_rle.py > pycocotools-rle.json

Each case holds the mask's bits, row-major, packed eight to a byte (first pixel = highest bit), in base64.
"""

import base64
import importlib.metadata
import json

import numpy as np
from pycocotools import mask as coco


def blob(rng, height, width):
    """A few filled ellipses: long runs, like the mask of a thing."""
    y, x = np.mgrid[:height, :width]
    bits = np.zeros((height, width), bool)
    for _ in range(3):
        cx, cy = rng.uniform(0, width), rng.uniform(0, height)
        rx, ry = rng.uniform(1, width / 2 + 1), rng.uniform(1, height / 2 + 1)
        bits |= ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1
    return bits


def masks():
    rng = np.random.default_rng(20)
    for height, width in [(1, 1), (1, 7), (7, 1), (5, 5), (33, 17)]:
        yield f"zeros {width}x{height}", np.zeros((height, width), bool)
        yield f"ones {width}x{height}", np.ones((height, width), bool)
    for height, width in [(1, 2), (2, 1), (3, 4), (16, 16), (61, 1), (1, 61), (40, 33), (90, 7), (7, 90)]:
        for density in (0.05, 0.5, 0.95):
            yield f"noise {density} {width}x{height}", rng.random((height, width)) < density
    for height, width in [(30, 40), (200, 150), (400, 3), (3, 400), (600, 500)]:
        yield f"blob {width}x{height}", blob(rng, height, width)
        yield f"inverted blob {width}x{height}", ~blob(rng, height, width)
    checker = np.indices((31, 30)).sum(axis=0) % 2 == 0
    yield "checkerboard 30x31", checker
    corner = np.zeros((2000, 30), bool)
    corner[-1, -1] = True
    yield "last pixel 30x2000", corner


def case(name, bits):
    encoded = coco.encode(np.asfortranarray(bits.astype(np.uint8)))
    return {
        "name": name,
        "size": [int(n) for n in encoded["size"]],
        "counts": encoded["counts"].decode("ascii"),
        "bits": base64.b64encode(np.packbits(bits).tobytes()).decode("ascii"),
    }


if __name__ == "__main__":
    cases = [case(name, bits) for name, bits in masks()]
    print(json.dumps({"pycocotools": importlib.metadata.version("pycocotools"), "cases": cases}, indent=1))
