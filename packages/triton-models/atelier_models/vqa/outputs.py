"""Writes what an answer is made of as the outputs of the contract."""

import json
from collections.abc import Iterable, Iterator, Mapping

import numpy

from .answerer import Ending


def write_outputs(answer: Iterable[str | Ending]) -> Iterator[Mapping[str, numpy.ndarray]]:
    """TEXT alone for each piece; FINISH_REASON and USAGE (JSON) without TEXT at the end. Each is BYTES [1]."""
    for part in answer:
        if isinstance(part, str):
            yield {"TEXT": _bytes(part)}
        else:
            usage = {"prompt_tokens": part.prompt_tokens, "completion_tokens": part.completion_tokens}
            yield {"FINISH_REASON": _bytes(part.finish_reason), "USAGE": _bytes(json.dumps(usage))}


def _bytes(text: str) -> numpy.ndarray:
    return numpy.array([text.encode()], dtype=object)
