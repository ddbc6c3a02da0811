"""Reads the messages and pictures of the vqa contract."""

import base64
import json
import re
from dataclasses import dataclass

from .look import BadInputError

# JPEG, PNG, GIF, WebP (RIFF); AVIF has its mark at byte 4.
_PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")


@dataclass(frozen=True)
class Chat:
    """All system messages, the last user message, and the indices of the pictures that it is about."""

    system: str
    question: str
    pictures: tuple[int, ...]
    words: int


def picture_bytes(value: bytes) -> bytes:
    """A picture given raw or, where it does not begin like a picture file, as base64 (standard alphabet, padded)."""
    if value.startswith(_PICTURE_STARTS) or value[4:8] == b"ftyp":
        return value
    try:
        return base64.b64decode(value, validate=True)
    except ValueError:
        raise BadInputError("IMAGES holds something that is neither a picture nor base64.") from None


def read_chat(text: str, pictures: int) -> Chat:
    """Checks every message. The question is about the pictures of the latest message that refers to some."""
    try:
        messages = json.loads(text)
    except ValueError:
        raise BadInputError("MESSAGES is not JSON.") from None
    if not isinstance(messages, list) or not messages:
        raise BadInputError("MESSAGES must be a list of messages.")
    read = [_message(message, pictures) for message in messages]
    if read[-1][0] != "user":
        raise BadInputError("The last of MESSAGES must be the user's.")
    referred = {index for _, _, indices in read for index in indices}
    if referred != set(range(pictures)):
        raise BadInputError("MESSAGES must refer to every picture of IMAGES, by its index.")
    return Chat(
        system="\n".join(words for role, words, _ in read if role == "system"),
        question=read[-1][1],
        pictures=next((tuple(indices) for _, _, indices in reversed(read) if indices), ()),
        words=sum(len(words.split()) for _, words, _ in read),
    )


def _message(message, pictures: int) -> tuple[str, str, list[int]]:
    if not isinstance(message, dict) or message.get("role") not in ("system", "user", "assistant"):
        raise BadInputError("Each of MESSAGES must have the role system, user or assistant.")
    role, content = message["role"], message.get("content")
    if isinstance(content, str):
        return role, content, []
    if not isinstance(content, list):
        raise BadInputError("The content of a message must be text or a list of parts.")
    words, indices = [], []
    for part in content:
        kind = part.get("type") if isinstance(part, dict) else None
        if kind == "text" and isinstance(part.get("text"), str):
            words.append(part["text"])
        elif kind == "image" and role == "user" and _is_index(part.get("index"), pictures):
            indices.append(part["index"])
        else:
            raise BadInputError(
                'A part must be { type: "text", text } or, of a user, { type: "image", index } within IMAGES.'
            )
    return role, "\n".join(words), indices


def _is_index(value, pictures: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < pictures


def wants_korean(chat: Chat) -> bool:
    return "korean" in chat.system.lower() or (not chat.system and re.search(r"[가-힣]", chat.question) is not None)
