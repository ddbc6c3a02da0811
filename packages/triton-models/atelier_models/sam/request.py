"""Reads a request of the sam contract."""

import hashlib
import re
from dataclasses import dataclass

from ..errors import BadInputError
from ..inputs import Inputs
from ..settings import SamSettings
from .prompts import Prompt, read_prompts

_KEY = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class SegmentRequest:
    """
    key: SHA-256 of the picture's file in lower-case hexadecimal.
    data: that file, or nothing where the picture was sent before.
    prompts: at least one, each leads to one mask.
    """

    key: str
    data: bytes
    prompts: list[Prompt]


def read_request(inputs: Inputs, settings: SamSettings) -> SegmentRequest:
    """
    IMAGE, IMAGE_KEY, POINTS, POINT_LABELS, POINT_PROMPT and BOXES, checked as far as that goes without the picture.
    The key is computed again, so that nobody can put a picture under another one's key. Raises `BadInputError`.
    """
    key = inputs.text("IMAGE_KEY", 200)
    data = inputs.blob("IMAGE") or b""
    if len(data) > settings.most_picture_bytes:
        raise BadInputError(f"IMAGE has {len(data)} bytes; at most {settings.most_picture_bytes} are taken.")
    right = hashlib.sha256(data).hexdigest() == key if data else _KEY.fullmatch(key)
    if not right:
        raise BadInputError("IMAGE_KEY is not the SHA-256 of IMAGE in lower-case hexadecimal.")
    return SegmentRequest(key, data, read_prompts(inputs, settings))
