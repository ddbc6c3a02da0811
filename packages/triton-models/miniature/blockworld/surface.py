"""How a thing looks where it is drawn, whatever its colour."""

from dataclasses import dataclass

import numpy

from .outline import Field, Window, coverage, window_of
from .scene import Thing
from .shading import shade


@dataclass(frozen=True)
class Surface:
    """
    Over a ground, a thing of colour c shows `through * ground + white + own * c`, all before the light of the scene.

    window: the pixels that it may touch. through, white, own: [h, w] of these.
    """

    window: Window
    through: Field
    white: Field
    own: Field

    def over(self, ground: numpy.ndarray, colour: numpy.ndarray) -> numpy.ndarray:
        """[h, w, 3]. ground: [h, w, 3], of the window. colour: r, g, b."""
        return self.through[..., None] * ground + self.white[..., None] + self.own[..., None] * colour


def surface_of(thing: Thing, width: int, height: int) -> Surface:
    """width, height: of the picture, in pixels."""
    window = window_of(thing, width, height)
    share = coverage(thing, window)
    brightness, highlight = shade(thing.shape, window.u, window.v)
    # The highlight takes the place of the colour: what it adds of white it hides of it.
    return Surface(window, 1 - share, share * highlight, share * (brightness - highlight))
