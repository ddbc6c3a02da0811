"""The words of Blockworld: what things are called, and what colours look like."""

from typing import Literal, get_args

Shape = Literal["ball", "cube", "cone", "ring", "star", "heart"]
Colour = Literal["red", "orange", "yellow", "green", "blue", "purple", "pink", "white"]
Size = Literal["small", "medium", "large"]
Ground = Literal["grey", "dark", "beige", "brown", "slate"]

SHAPES: tuple[Shape, ...] = get_args(Shape)
COLOURS: tuple[Colour, ...] = get_args(Colour)
SIZES: tuple[Size, ...] = get_args(Size)
GROUNDS: tuple[Ground, ...] = get_args(Ground)

# sRGB, 0..1, of a surface in full light.
COLOUR_VALUES: dict[Colour, tuple[float, float, float]] = {
    "red": (0.87, 0.10, 0.10),
    "orange": (1.00, 0.52, 0.05),
    "yellow": (0.98, 0.88, 0.12),
    "green": (0.14, 0.66, 0.20),
    "blue": (0.12, 0.28, 0.90),
    "purple": (0.50, 0.14, 0.66),
    "pink": (1.00, 0.58, 0.76),
    "white": (0.97, 0.97, 0.97),
}
GROUND_VALUES: dict[Ground, tuple[float, float, float]] = {
    "grey": (0.50, 0.50, 0.51),
    "dark": (0.20, 0.20, 0.22),
    "beige": (0.62, 0.57, 0.49),
    "brown": (0.38, 0.31, 0.25),
    "slate": (0.33, 0.39, 0.45),
}
# Half extents in pixels.
RADII: dict[Size, tuple[float, float]] = {"small": (9.0, 11.0), "medium": (13.0, 15.5), "large": (19.0, 22.0)}

# Never seen in training: each shape once, six of the colours.
HELD_OUT: frozenset[tuple[Colour, Shape]] = frozenset(
    {
        ("green", "star"),
        ("purple", "ring"),
        ("orange", "heart"),
        ("yellow", "cone"),
        ("pink", "cube"),
        ("white", "ball"),
    }
)

NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


def with_article(words: str) -> str:
    """ "an orange ball", "a red ball"."""
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def plural(noun: str) -> str:
    return f"{noun}s"
