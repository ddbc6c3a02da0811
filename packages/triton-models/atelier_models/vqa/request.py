"""Reads the inputs of one question."""

import base64
from dataclasses import dataclass

from PIL import Image

from ..errors import BadInputError
from ..inputs import Inputs
from ..pictures import decode_picture
from ..settings import VqaSettings
from .messages import Message, read_messages

# PNG, JPEG, WebP and AVI's kin (RIFF), GIF, TIFF, BMP. None of them begins what is base64 of a picture.
_PICTURE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_LARGEST_INT32 = 2**31 - 1
_LARGEST_INT64 = 2**63 - 1


@dataclass(frozen=True)
class VqaRequest:
    """
    `messages` refer to `pictures` (mode RGB, upright) by index. `temperature` 0 is greedy; `seed` counts above it.
    `most_tokens`: of the answer, its end token included.
    """

    messages: tuple[Message, ...]
    pictures: tuple[Image.Image, ...]
    most_tokens: int
    temperature: float
    seed: int


def read_request(inputs: Inputs, settings: VqaSettings) -> VqaRequest:
    """Checks IMAGES, MESSAGES, MAX_TOKENS, TEMPERATURE and SEED. Cheap checks first; raises `BadInputError`."""
    most_tokens = inputs.integer("MAX_TOKENS", 1, _LARGEST_INT32)
    temperature = inputs.number("TEMPERATURE", 0, 2)
    seed = inputs.integer("SEED", 0, _LARGEST_INT64)
    files = inputs.blobs("IMAGES", settings.most_pictures)
    messages = read_messages(inputs.text("MESSAGES", settings.most_characters), len(files))
    limits = settings.picture_limits
    pictures = [
        decode_picture(_picture_file(data, f"IMAGES {index}"), f"IMAGES {index}", limits)
        for index, data in enumerate(files)
    ]
    return VqaRequest(messages, tuple(pictures), min(most_tokens, settings.most_tokens), temperature, seed)


def _picture_file(data: bytes, name: str) -> bytes:
    """The file itself, or what it is in base64 (over `/generate_stream` all inputs are JSON)."""
    if not data or data.startswith(_PICTURE_STARTS) or data[4:8] == b"ftyp":
        return data
    try:
        return base64.b64decode(data, validate=True)
    except ValueError:
        raise BadInputError(f"{name} is neither a picture nor the base64 of one.") from None
