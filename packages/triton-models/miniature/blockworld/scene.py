"""Scenes: what stands where. The same split and index are the same scene on every machine."""

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

import numpy

from .outline import visible_masks
from .words import COLOURS, GROUNDS, HELD_OUT, RADII, SHAPES, SIZES, Colour, Ground, Shape, Size

Split = Literal["train", "validation", "test"]
_SPLITS: dict[Split, int] = {"train": 0, "validation": 1, "test": 2}
_FORMATS = ((128, 128), (128, 128), (128, 96), (96, 128))
_MOST_TILT: dict[Shape, float] = {"ball": 0, "cube": 0.2, "cone": 0.25, "ring": 0, "star": 0.6, "heart": 0.35}
MOST_THINGS = 6
# A thing that is hidden more than this is hard to name even for a person.
_LEAST_VISIBLE = 0.75
_TRIES = 30


@dataclass(frozen=True)
class Thing:
    """x, y: centre in pixels. radius: half the extent in pixels. tilt: clockwise, radians. tint: factors of r, g, b."""

    shape: Shape
    colour: Colour
    size: Size
    x: float
    y: float
    radius: float
    tilt: float
    tint: tuple[float, float, float]

    @property
    def pair(self) -> tuple[Colour, Shape]:
        return self.colour, self.shape

    @property
    def name(self) -> str:
        """ "red ball" """
        return f"{self.colour} {self.shape}"


@dataclass(frozen=True)
class Scene:
    """
    width, height: pixels. things: back to front. light: factor of brightness. noise: standard deviation in 1/255.
    quality: of the JPEG compression, 1..100. seed: of texture and noise.
    """

    width: int
    height: int
    ground: Ground
    texture: Literal["plain", "stripes", "checks", "speckles"]
    light: float
    noise: float
    quality: int
    seed: int
    things: tuple[Thing, ...]

    def without(self, index: int) -> "Scene":
        return dataclasses.replace(self, things=self.things[:index] + self.things[index + 1 :])

    def with_thing(self, index: int, thing: Thing) -> "Scene":
        """The thing in the place of another."""
        return dataclasses.replace(self, things=(*self.things[:index], thing, *self.things[index + 1 :]))

    def to_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @staticmethod
    def from_json(value: dict[str, Any]) -> "Scene":
        things = tuple(Thing(**{**thing, "tint": tuple(thing["tint"])}) for thing in value["things"])
        return Scene(**{**value, "things": things})


def random_scene(split: Split, index: int, held_out: bool = False) -> Scene:
    """
    Scene number `index` of a split: 1 to 6 things. Without `held_out` no thing is one of the pairs of `HELD_OUT`; with
    it the first thing is one of them.
    """
    generator = numpy.random.default_rng([20_000_003, _SPLITS[split], int(held_out), index])
    width, height = _FORMATS[generator.integers(len(_FORMATS))]
    things: list[Thing] = []
    for _ in range(generator.integers(1, MOST_THINGS + 1)):
        for _ in range(_TRIES):
            pair = _held_out_pair(generator) if held_out and not things else _pair(generator, things)
            thing = make_thing(generator, pair, (width, height))
            if _fits([*things, thing], width, height):
                things.append(thing)
                break
    return Scene(
        width=width,
        height=height,
        ground=GROUNDS[generator.integers(len(GROUNDS))],
        texture=("plain", "stripes", "checks", "speckles")[generator.integers(4)],
        light=round(float(generator.uniform(0.85, 1.1)), 4),
        noise=round(float(generator.uniform(1, 5)), 4),
        quality=int(generator.integers(72, 96)),
        seed=int(generator.integers(2**31)),
        things=tuple(things),
    )


def make_thing(generator: numpy.random.Generator, pair: tuple[Colour, Shape], within: tuple[int, int]) -> Thing:
    """A thing of some size, wholly inside a picture of (width, height)."""
    colour, shape = pair
    size = SIZES[generator.integers(len(SIZES))]
    radius = float(generator.uniform(*RADII[size]))
    x, y = (float(generator.uniform(radius + 1, side - radius - 1)) for side in within)
    return Thing(
        shape,
        colour,
        size,
        round(x, 3),
        round(y, 3),
        round(radius, 3),
        random_tilt(generator, shape),
        random_tint(generator),
    )


def random_tilt(generator: numpy.random.Generator, shape: Shape) -> float:
    return round(float(generator.uniform(-1, 1)) * _MOST_TILT[shape], 4)


def random_tint(generator: numpy.random.Generator) -> tuple[float, float, float]:
    red, green, blue = (generator.uniform(0.92, 1.06) * generator.uniform(0.96, 1.04, 3)).tolist()
    return round(red, 4), round(green, 4), round(blue, 4)


def _pair(generator: numpy.random.Generator, others: list[Thing]) -> tuple[Colour, Shape]:
    """Often something in common with another thing: else phrases would hardly ever fit several, or nearly fit."""
    while True:
        colour, shape = COLOURS[generator.integers(len(COLOURS))], SHAPES[generator.integers(len(SHAPES))]
        if others and generator.random() < 0.5:
            other = others[generator.integers(len(others))]
            kept = generator.integers(5)
            colour = other.colour if kept in (0, 1, 4) else colour
            shape = other.shape if kept in (2, 3, 4) else shape
        if (colour, shape) not in HELD_OUT:
            return colour, shape


def _held_out_pair(generator: numpy.random.Generator) -> tuple[Colour, Shape]:
    pairs = sorted(HELD_OUT)
    return pairs[generator.integers(len(pairs))]


def _fits(things: list[Thing], width: int, height: int) -> bool:
    whole = [visible_masks([thing], width, height)[0].sum() for thing in things]
    seen = visible_masks(things, width, height).sum(axis=(1, 2))
    return bool((seen >= _LEAST_VISIBLE * numpy.array(whole)).all())
