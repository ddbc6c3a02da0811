"""Masks as bits: small parts cleaned away, and as PNG."""

import struct
import zlib

import numpy
from scipy import ndimage

# Parts of the mask touch at corners too, what lies between them then does not.
_EIGHT_NEIGHBOURS = numpy.ones((3, 3), dtype=bool)


def clean(mask: numpy.ndarray, smallest_part: float) -> numpy.ndarray:
    """
    [height, width] bool -> the same without islands and enclosed holes that are smaller than `smallest_part` (0..1) of
    the mask's area. The largest island always stays: a mask is never emptied.
    """
    rows, columns = numpy.flatnonzero(mask.any(axis=1)), numpy.flatnonzero(mask.any(axis=0))
    if smallest_part <= 0 or not len(rows):
        return mask
    cut = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    # Everything happens within the mask's bounds; what is not mask and touches them is outside, not a hole.
    inside = mask[cut]
    least = smallest_part * numpy.count_nonzero(inside)
    cleaned = mask.copy()
    cleaned[cut] = _without_islands(inside, least)
    cleaned[cut] |= _small_holes(inside, least)
    return cleaned


def _without_islands(mask: numpy.ndarray, least: float) -> numpy.ndarray:
    labels, count = ndimage.label(mask, _EIGHT_NEIGHBOURS)
    if count == 1:
        return mask
    areas = numpy.bincount(labels.ravel())
    areas[0] = 0
    keep = areas >= min(least, areas.max())
    return keep[labels]


def _small_holes(mask: numpy.ndarray, least: float) -> numpy.ndarray:
    labels, count = ndimage.label(~mask)
    small = numpy.bincount(labels.ravel(), minlength=count + 1) < least
    small[0] = False
    for edge in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        small[edge] = False
    return small[labels]


def encode_mask(mask: numpy.ndarray) -> bytes:
    """
    [height, width] bool -> a PNG of one channel of 8 bits, 255 where it is set.

    Runs of equal bytes are all there is to compress, so zlib looks for nothing else (Z_RLE) and no row is filtered:
    a third of the time and half the size of Pillow's fastest.
    """
    height, width = mask.shape
    rows = numpy.zeros((height, 1 + width), dtype=numpy.uint8)
    rows[:, 1:] = mask
    rows[:, 1:] *= 255
    packer = zlib.compressobj(level=1, strategy=zlib.Z_RLE)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = packer.compress(rows) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
