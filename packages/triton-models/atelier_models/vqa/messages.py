"""Reads MESSAGES, the JSON of a chat, and checks every part of it."""

import json
from typing import Literal, NamedTuple

from ..errors import BadInputError

Role = Literal["system", "user", "assistant"]
_ROLES = ("system", "user", "assistant")


class Message(NamedTuple):
    """`parts`: texts, and the indices of pictures, in the order in which the model reads them."""

    role: Role
    parts: tuple[str | int, ...]


def read_messages(text: str, pictures: int) -> tuple[Message, ...]:
    """
    The messages of a chat about so many pictures. Raises `BadInputError` for what is no such chat: other roles or
    parts, an index beyond the pictures, a picture that no message refers to, an end that is not a question.
    """
    values = _json(text)
    if not isinstance(values, list) or not values:
        raise BadInputError("MESSAGES must be a list of at least one message.")
    messages = tuple(_message(value, f"MESSAGES {index}", pictures) for index, value in enumerate(values))
    if messages[-1].role != "user":
        raise BadInputError(f"The last of MESSAGES must be the user's, not the {messages[-1].role}'s.")
    if not any(isinstance(part, int) or part.strip() for part in messages[-1].parts):
        raise BadInputError("The last of MESSAGES is empty; it must have text or a picture.")
    referred = {part for message in messages for part in message.parts if isinstance(part, int)}
    for index in range(pictures):
        if index not in referred:
            raise BadInputError(f"MESSAGES must refer to every picture of IMAGES, but does not to {index}.")
    return messages


def _json(text: str):
    try:
        return json.loads(text)
    except RecursionError:
        raise BadInputError("MESSAGES is nested too deeply.") from None
    except ValueError:
        # Also for integers of more digits than Python reads.
        raise BadInputError("MESSAGES is not JSON that can be read.") from None


def _message(value, where: str, pictures: int) -> Message:
    if not isinstance(value, dict):
        raise BadInputError(f"{where} must be an object with role and content.")
    role, content = value.get("role"), value.get("content")
    if role not in _ROLES:
        raise BadInputError(f"The role of {where} must be system, user or assistant.")
    if isinstance(content, str):
        return Message(role, (_checked(content, where),))
    if not isinstance(content, list):
        raise BadInputError(f"The content of {where} must be text or a list of parts.")
    return Message(
        role, tuple(_part(part, f"{where}, part {index}", role, pictures) for index, part in enumerate(content))
    )


def _part(value, where: str, role: Role, pictures: int) -> str | int:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "text":
        if not isinstance(value.get("text"), str):
            raise BadInputError(f"The text of {where}, must be a string.")
        return _checked(value["text"], where)
    if kind != "image":
        raise BadInputError(f"The type of {where}, must be text or image.")
    if role != "user":
        raise BadInputError(f"{where} is a picture, which only a message of the user's may have.")
    index = value.get("index")
    # A boolean is an integer to Python.
    if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < pictures:
        raise BadInputError(f"The index of {where}, must be the place of one of the {pictures} IMAGES, from 0.")
    return index


def _checked(text: str, where: str) -> str:
    r"""JSON can write half a character (`"\ud83d"`), which no tokenizer takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInputError(f"The text of {where}, holds half of a surrogate pair, which is no character.") from None
    return text
