"""Unit vectors of texts and pictures in one space: colours, shapes, and a rest for everything else."""

import hashlib

import numpy

from .look import background_of, classify, find_shapes
from .vocabulary import COLOUR_NAMES, SHAPES, Phrase, read_words

DIMENSIONS = 64
_SHAPE_NAMES = tuple(SHAPES)
_REST = len(COLOUR_NAMES) + len(_SHAPE_NAMES)


def embed_text(text: str) -> numpy.ndarray:
    """Colours and shapes at their own places, and the text's character trigrams, hashed, over the rest."""
    vector = numpy.zeros(DIMENSIONS, dtype=numpy.float32)
    words = read_words(text)
    if words.colour:
        vector[COLOUR_NAMES.index(words.colour)] = 1
    if words.shape:
        vector[len(COLOUR_NAMES) + _SHAPE_NAMES.index(words.shape)] = 0.6
    rest = numpy.zeros(DIMENSIONS - _REST, dtype=numpy.float32)
    padded = f"  {' '.join(text.lower().split())} "
    for start in range(len(padded) - 2):
        digest = hashlib.sha256(padded[start : start + 3].encode()).digest()
        rest[digest[0] % len(rest)] += 1 if digest[1] % 2 else -1
    vector[_REST:] = 0.5 * _unit(rest)
    return _unit(vector)


def embed_picture(pixels: numpy.ndarray) -> numpy.ndarray:
    """The colours of its foreground by area, and the shapes seen in it. A picture of one colour is all foreground."""
    vector = numpy.zeros(DIMENSIONS, dtype=numpy.float32)
    classes = classify(pixels)
    counts = numpy.bincount(classes.reshape(-1), minlength=256)[: len(COLOUR_NAMES)].astype(numpy.float32)
    background = background_of(classes)
    if background < len(counts) and counts.sum() > counts[background]:
        counts[background] *= 0.05
        for seen in find_shapes(pixels, Phrase(None, None)):
            vector[len(COLOUR_NAMES) + _SHAPE_NAMES.index(seen.shape)] = 0.6
    vector[: len(COLOUR_NAMES)] = counts / max(1, counts.sum())
    return _unit(vector)


def _unit(vector: numpy.ndarray) -> numpy.ndarray:
    length = float(numpy.linalg.norm(vector))
    if length == 0:
        # Nothing known was seen: a fixed direction is better than a vector without a length.
        vector = numpy.zeros_like(vector)
        vector[-1] = length = 1
    return vector / length
