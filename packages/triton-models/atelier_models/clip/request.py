"""What a request to `clip` asks for."""

from dataclasses import dataclass

from ..errors import BadInputError
from ..inputs import Inputs
from ..settings import ClipSettings


@dataclass(frozen=True)
class Request:
    """Encoded pictures or texts, exactly one of the two, at least one element."""

    images: tuple[bytes, ...] = ()
    texts: tuple[str, ...] = ()


def read_request(inputs: Inputs, settings: ClipSettings) -> Request:
    """
    IMAGES BYTES [n] (encoded files) or TEXTS BYTES [n] (UTF-8), 1 <= n <= `most_items`. Raises `BadInputError`.
    Pictures are decoded later, many at a time, and each is made small at once: decoded, a request's would not fit.
    """
    given = [name for name in ("IMAGES", "TEXTS") if inputs.array(name) is not None]
    if len(given) != 1:
        raise BadInputError(f"Exactly one of IMAGES and TEXTS must be given, not {'both' if given else 'none'}.")
    if given == ["TEXTS"]:
        return Request(texts=tuple(inputs.texts("TEXTS", settings.most_items, settings.most_characters)))
    images = inputs.blobs("IMAGES", settings.most_items)
    if not images:
        raise BadInputError(f"IMAGES must have from 1 to {settings.most_items} elements, not 0.")
    return Request(images=tuple(images))
