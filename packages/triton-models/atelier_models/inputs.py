"""Reads the input tensors of one request. Everything that does not fit the contract is a `BadInputError`."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy

from .errors import BadInputError


@dataclass(frozen=True)
class Inputs:
    """
    The inputs of one request by name, as Triton hands them over: BYTES as object arrays of `bytes`.
    `batched`: the arrays begin with a batch dimension, which must be 1.
    """

    arrays: Mapping[str, numpy.ndarray]
    batched: bool = False

    def array(self, name: str) -> numpy.ndarray | None:
        """The elements without the batch dimension, or None where the input was left out."""
        array = self.arrays.get(name)
        if array is None or not self.batched:
            return array
        if array.shape[0] != 1:
            raise BadInputError(
                f"{name} has a batch of {array.shape[0]}; send one request a picture, the server batches them."
            )
        return array[0]

    def rows(self, name: str, columns: int) -> numpy.ndarray:
        """[n, columns] float32, all finite; n = 0 where it was left out."""
        array = self.array(name)
        rows = numpy.zeros((0, columns)) if array is None else array
        if rows.ndim != 2 or rows.shape[1] != columns:
            raise BadInputError(f"{name} must have the shape [n, {columns}], not {list(rows.shape)}.")
        if not numpy.isfinite(rows).all():
            raise BadInputError(f"{name} holds a number that is not finite.")
        return rows.astype(numpy.float32)

    def integers(self, name: str) -> numpy.ndarray:
        """[n] int64; n = 0 where it was left out."""
        array = self.array(name)
        return numpy.zeros(0, dtype=numpy.int64) if array is None else array.reshape(-1).astype(numpy.int64)

    def integer(self, name: str, low: int, high: int) -> int:
        """One integer, low <= value <= high."""
        value = int(self._one(name))
        if not low <= value <= high:
            raise BadInputError(f"{name} must be from {low} to {high}, not {value}.")
        return value

    def number(self, name: str, low: float, high: float) -> float:
        """One finite number, low <= value <= high."""
        value = float(self._one(name))
        if not (math.isfinite(value) and low <= value <= high):
            raise BadInputError(f"{name} must be from {low:g} to {high:g}, not {value:g}.")
        return value

    def text(self, name: str, most_characters: int) -> str:
        """One UTF-8 text of at most so many characters; it may be empty."""
        return _text(self._one(name), name, most_characters)

    def texts(self, name: str, most: int, most_characters: int) -> list[str]:
        """1 to `most` UTF-8 texts, none of them blank."""
        array = self.array(name)
        count = 0 if array is None else array.size
        if not 1 <= count <= most:
            raise BadInputError(f"{name} must have from 1 to {most} texts, not {count}.")
        texts = [_text(value, name, most_characters) for value in array.reshape(-1)]
        for index, text in enumerate(texts):
            if not text.strip():
                raise BadInputError(f"{name} {index} is empty.")
        return texts

    def blob(self, name: str) -> bytes | None:
        """The bytes of an input of one element, or None where it was left out."""
        return None if self.array(name) is None else bytes(self._one(name))

    def blobs(self, name: str, most: int) -> list[bytes]:
        """0 to `most` elements of bytes; none where it was left out."""
        array = self.array(name)
        if array is None:
            return []
        if array.size > most:
            raise BadInputError(f"{name} must have at most {most} elements, not {array.size}.")
        return [bytes(value) for value in array.reshape(-1)]

    def _one(self, name: str):
        array = self.array(name)
        if array is None:
            raise BadInputError(f"{name} is missing.")
        if array.size != 1:
            raise BadInputError(f"{name} must have one element, not {array.size}.")
        return array.reshape(-1)[0]


def _text(value, name: str, most_characters: int) -> str:
    try:
        text = value.decode() if isinstance(value, bytes) else str(value)
    except UnicodeDecodeError:
        raise BadInputError(f"{name} is not UTF-8 text.") from None
    if len(text) > most_characters:
        raise BadInputError(f"{name} has {len(text)} characters; at most {most_characters} are taken.")
    return text
