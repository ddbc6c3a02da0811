"""Which thing, or none, explains the pixels of a place best: by drawing all of them and comparing, without a model."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy

from .outline import visible_masks
from .render import render
from .scene import Scene, Thing
from .surface import surface_of
from .words import COLOUR_VALUES, COLOURS, SHAPES, Colour, Shape, with_article

# A painted thing may be smaller than what it replaces, as the edit's mask cuts it off, and stand a little beside it.
_SCALES = (0.75, 0.87, 1.0, 1.1)
_OFFSETS = (-3.0, 0.0, 3.0)
_TILTS: dict[Shape, tuple[float, ...]] = {
    "ball": (0,),
    "ring": (0,),
    "cube": (-0.15, 0, 0.15),
    "cone": (-0.2, 0, 0.2),
    "star": (-0.5, -0.25, 0, 0.25, 0.5),
    "heart": (-0.28, 0, 0.28),
}
# Surfaces may be this much lighter or darker than the colour in the book, and so may what is filled in behind.
_TINTS = (0.86, 1.12)
_GAINS = (0.8, 1.2)
# Of the error that is left where nothing is assumed, a thing has to explain some: with its place, size, turn and tint
# it can fit a smudge a little better than the ground does. Things that were drawn leave a tenth; painted ones that a
# person would name, up to two fifths; beyond that there are lumps and splinters of the right colour.
_NOTHING_IF_LEFT, _UNCLEAR_IF_LEFT = 0.7, 0.4
# Around the place, in radii: as much as the largest candidate may cover.
_REACH = 1.25


Pair = tuple[Colour, Shape]


@dataclass(frozen=True)
class Explanation:
    """
    nearest: what the pixels are most like; None: the ground. left: share of the error that its shape does not explain,
    in whatever shade: what was recoloured keeps its light, and is a paler purple than the book's.
    """

    nearest: Pair | None
    left: float

    @property
    def clear(self) -> bool:
        """Whether it is that, and not only the least unlike."""
        return self.nearest is None or self.left < _UNCLEAR_IF_LEFT

    @property
    def words(self) -> str:
        """ "red ball", "nothing" or, of what is not clear, "something like a red ball"."""
        if self.nearest is None:
            return "nothing"
        name = " ".join(self.nearest)
        return name if self.clear else f"something like {with_article(name)}"


def explain(pixels: numpy.ndarray, scene: Scene, thing: Thing, behind: int) -> Explanation:
    """
    What is to be seen where `thing` is or should be.

    pixels: [height, width, 3] uint8. scene: all other things that should be there, back to front; `behind`: how many of
    them are behind this one. What lies in front of it hides it and does not count.
    """
    ground = render(scene, jpeg=False).pixels / 255 / scene.light
    place = _Place.of(pixels / 255 / scene.light, ground, scene, thing, behind)
    nothing = place.error_of_nothing()
    errors: dict[Pair, float] = {}
    of_shapes: dict[Shape, float] = {}
    for shape in SHAPES:
        coarse = min(place.candidates(shape, thing, _SCALES, _OFFSETS, _TILTS[shape]), key=lambda found: found[0].min())
        drawn = coarse[1]
        fine = place.candidates(
            shape,
            drawn,
            (0.95, 1.0, 1.05),
            (-1.2, 0.0, 1.2),
            tuple(drawn.tilt + turn for turn in ((0,) if shape in ("ball", "ring") else (-0.08, 0, 0.08))),
        )
        best = numpy.minimum.reduce([coarse[0], *(found for found, _ in fine)])
        *named, of_shapes[shape] = best.tolist()
        errors.update({(colour, shape): error for colour, error in zip(COLOURS, named, strict=True)})
    nearest = min(errors, key=errors.__getitem__)
    if errors[nearest] >= _NOTHING_IF_LEFT * nothing:
        return Explanation(None, 1.0)
    return Explanation(nearest, of_shapes[nearest[1]] / max(nothing, 1e-12))


@dataclass(frozen=True)
class _Place:
    """pixels, ground: [h, w, 3], light taken out. weight: [h, w], 0 where something is in front. corner: x, y."""

    pixels: numpy.ndarray
    ground: numpy.ndarray
    weight: numpy.ndarray
    rows: slice
    columns: slice
    size: tuple[int, int]

    @staticmethod
    def of(pixels: numpy.ndarray, ground: numpy.ndarray, scene: Scene, thing: Thing, behind: int) -> "_Place":
        reach = _REACH * thing.radius + 2
        rows = slice(max(0, int(thing.y - reach)), min(scene.height, int(thing.y + reach) + 1))
        columns = slice(max(0, int(thing.x - reach)), min(scene.width, int(thing.x + reach) + 1))
        masks = visible_masks(scene.things, scene.width, scene.height)
        weight = 1.0 - masks[behind:].any(axis=0)[rows, columns]
        return _Place(pixels[rows, columns], ground[rows, columns], weight, rows, columns, (scene.width, scene.height))

    def error_of_nothing(self) -> float:
        """Of the ground, lighter or darker by one factor."""
        weight = self.weight[..., None]
        gain = (weight * self.pixels * self.ground).sum() / (weight * self.ground**2).sum()
        return self._mean((self.pixels - numpy.clip(gain, *_GAINS) * self.ground) ** 2)

    def candidates(
        self,
        shape: Shape,
        thing: Thing,
        scales: tuple[float, ...],
        offsets: tuple[float, ...],
        tilts: tuple[float, ...],
    ) -> Iterator[tuple[numpy.ndarray, Thing]]:
        """The errors of all colours and of any, [colours + 1], and the thing as it was drawn, each way to draw it."""
        for scale in scales:
            for tilt in tilts:
                for dx in offsets:
                    for dy in offsets:
                        drawn = Thing(
                            shape,
                            thing.colour,
                            thing.size,
                            thing.x + dx,
                            thing.y + dy,
                            thing.radius * scale,
                            tilt,
                            thing.tint,
                        )
                        yield self._errors(drawn), drawn

    def _errors(self, thing: Thing) -> numpy.ndarray:
        """
        Each pixel is a + b c for the surface's colour c, so three sums give the error of any colour, and the tint that
        fits best; last the error of the colour that fits best, whether it has a name or not.
        """
        through, white, own = self._surface(thing)
        a = through[..., None] * self.ground + white[..., None]
        b = self.weight * own
        residual = self.pixels - a
        constant = (self.weight[..., None] * residual**2).sum(axis=(0, 1))
        linear = (b[..., None] * residual).sum(axis=(0, 1))
        square = (b * own).sum()
        values = numpy.array([COLOUR_VALUES[colour] for colour in COLOURS])
        tint = (values * linear).sum(axis=1) / numpy.maximum((values**2).sum(axis=1) * square, 1e-9)
        colours = values * numpy.clip(tint, *_TINTS)[:, None]
        any_colour = numpy.clip(linear / max(square, 1e-9), 0, 1 / _TINTS[0])
        colours = numpy.concatenate([colours, any_colour[None]])
        errors = constant - 2 * colours * linear + colours**2 * square
        return errors.sum(axis=1) / (3 * self.weight.sum())

    def _surface(self, thing: Thing) -> tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]:
        """`through`, `white` and `own` of the thing's surface in this place, each [h, w]."""
        surface = surface_of(thing, *self.size)
        rows, columns = _inside(surface.window.rows, self.rows), _inside(surface.window.columns, self.columns)
        whole = numpy.zeros((3, *self.weight.shape))
        whole[0] = 1
        whole[:, rows.target, columns.target] = numpy.stack([surface.through, surface.white, surface.own])[
            :, rows.source, columns.source
        ]
        return whole[0], whole[1], whole[2]

    def _mean(self, squares: numpy.ndarray) -> float:
        return float((self.weight[..., None] * squares).sum() / (3 * self.weight.sum()))


@dataclass(frozen=True)
class _Inside:
    target: slice
    source: slice


def _inside(window: slice, place: slice) -> _Inside:
    """What two stretches of the picture share, as parts of each."""
    start, stop = max(window.start, place.start), max(window.start, place.start, min(window.stop, place.stop))
    return _Inside(slice(start - place.start, stop - place.start), slice(start - window.start, stop - window.start))
