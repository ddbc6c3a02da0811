"""The inputs of one painting request, checked at the edge."""

from dataclasses import dataclass

from PIL import Image

from ..errors import BadInputError
from ..inputs import Inputs
from ..pictures import decode_mask, decode_picture
from ..settings import Sd3Settings

# Of WIDTH and HEIGHT, in pixels: what every pipeline takes.
MULTIPLE = 16
_SHORTEST_EDGE = 64
_MOST_GUIDANCE = 30
_MOST_SEED = 2**63 - 1


@dataclass(frozen=True)
class PaintRequest:
    """
    A picture to paint. `width`, `height`: pixels, multiples of 16. `image`: RGB and `mask`: L, white where to paint,
    both of that size; both None paints from words alone. `strength`: 0..1, how far to leave `image`.
    """

    prompt: str
    negative_prompt: str
    image: Image.Image | None
    mask: Image.Image | None
    width: int
    height: int
    steps: int
    guidance: float
    strength: float
    seed: int


def read_request(inputs: Inputs, settings: Sd3Settings) -> PaintRequest:
    """Raises `BadInputError` for everything that does not fit the contract, whatever the weights are."""
    width = _edge(inputs, "WIDTH", settings)
    height = _edge(inputs, "HEIGHT", settings)
    image, mask = _picture_and_mask(inputs, (width, height), settings)
    prompt = inputs.text("PROMPT", settings.most_characters)
    if image is None and not prompt.strip():
        raise BadInputError("PROMPT is empty; say what to paint.")
    return PaintRequest(
        prompt=prompt,
        negative_prompt=inputs.text("NEGATIVE_PROMPT", settings.most_characters),
        image=image,
        mask=mask,
        width=width,
        height=height,
        steps=inputs.integer("STEPS", 1, settings.most_steps),
        guidance=inputs.number("GUIDANCE", 0, _MOST_GUIDANCE),
        # The caller's decimal: 0.6 as FP32 is 0.60000002, which would round up to one step more.
        strength=round(inputs.number("STRENGTH", 0, 1), 6),
        seed=inputs.integer("SEED", 0, _MOST_SEED),
    )


def _edge(inputs: Inputs, name: str, settings: Sd3Settings) -> int:
    pixels = inputs.integer(name, _SHORTEST_EDGE, settings.longest_edge)
    if pixels % MULTIPLE:
        raise BadInputError(f"{name} must be a multiple of {MULTIPLE}, not {pixels}.")
    return pixels


def _picture_and_mask(inputs: Inputs, size: tuple[int, int], settings: Sd3Settings):
    image, mask = inputs.blob("IMAGE"), inputs.blob("MASK")
    if image is None and mask is None:
        return None, None
    if image is None or mask is None:
        given, missing = ("MASK", "IMAGE") if image is None else ("IMAGE", "MASK")
        raise BadInputError(f"{given} was sent without {missing}; send both or neither.")
    picture = decode_picture(image, "IMAGE", settings.picture_limits)
    if picture.size != size:
        raise BadInputError(
            f"IMAGE is {picture.width} x {picture.height}, but must be WIDTH x HEIGHT = {size[0]} x {size[1]}."
        )
    return picture, decode_mask(mask, size, "MASK", settings.picture_limits)
