"""Draws a scene, with exact masks and boxes."""

import io
from dataclasses import dataclass

import numpy
from PIL import Image

from .outline import visible_masks
from .scene import Scene, Thing
from .surface import surface_of
from .words import COLOUR_VALUES, GROUND_VALUES

_SHADOW = 0.32


@dataclass(frozen=True)
class Picture:
    """
    pixels: [height, width, 3] uint8 sRGB.
    masks: [n, height, width] bool, what is seen of each thing, in the order of the scene.
    boxes: [n, 4] float32 xyxy around the masks in pixels, right and bottom exclusive.
    """

    pixels: numpy.ndarray
    masks: numpy.ndarray
    boxes: numpy.ndarray


def render(scene: Scene, jpeg: bool = True) -> Picture:
    """
    jpeg: with the artefacts of the scene's compression. Without them two scenes that differ in one thing have equal
    pixels wherever that thing and its shadow are not.
    """
    generator = numpy.random.default_rng(scene.seed)
    canvas = _ground(scene, generator)
    noise = generator.normal(0, scene.noise / 255, canvas.shape)
    for thing in scene.things:
        _cast_shadow(canvas, thing)
        _draw(canvas, thing)
    pixels = (numpy.clip(canvas * scene.light + noise, 0, 1) * 255 + 0.5).astype(numpy.uint8)
    masks = visible_masks(scene.things, scene.width, scene.height)
    return Picture(_compressed(pixels, scene.quality) if jpeg else pixels, masks, boxes_of(masks))


def boxes_of(masks: numpy.ndarray) -> numpy.ndarray:
    """[n, 4] float32 xyxy of masks [n, height, width], none of them empty."""
    boxes = numpy.zeros((len(masks), 4), dtype=numpy.float32)
    for box, mask in zip(boxes, masks, strict=True):
        rows, columns = numpy.flatnonzero(mask.any(axis=1)), numpy.flatnonzero(mask.any(axis=0))
        box[:] = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
    return boxes


def _ground(scene: Scene, generator: numpy.random.Generator) -> numpy.ndarray:
    x = numpy.linspace(-1, 1, scene.width)[None]
    y = numpy.linspace(-1, 1, scene.height)[:, None]
    angle, strength = generator.uniform(0, 2 * numpy.pi), generator.uniform(0, 0.14)
    brightness = 1 + strength * (x * numpy.cos(angle) + y * numpy.sin(angle))
    brightness = brightness + 0.05 * _clouds(generator, scene.width, scene.height)
    brightness = brightness + _texture(scene, generator)
    tint = numpy.array(GROUND_VALUES[scene.ground]) * generator.uniform(0.94, 1.06, 3)
    return brightness[..., None] * tint


def _clouds(generator: numpy.random.Generator, width: int, height: int) -> numpy.ndarray:
    grid = generator.normal(0, 1, (7, 7)).astype(numpy.float32)
    return numpy.asarray(Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC))


def _texture(scene: Scene, generator: numpy.random.Generator) -> numpy.ndarray | float:
    depth, length, angle = generator.uniform(0.02, 0.07), generator.uniform(7, 18), generator.uniform(0, numpy.pi)
    x, y = numpy.arange(scene.width)[None], numpy.arange(scene.height)[:, None]
    along, across = x * numpy.cos(angle) + y * numpy.sin(angle), y * numpy.cos(angle) - x * numpy.sin(angle)
    waves = numpy.sin(2 * numpy.pi * along / length)
    if scene.texture == "stripes":
        return depth * waves
    if scene.texture == "checks":
        return depth * numpy.clip(4 * waves * numpy.sin(2 * numpy.pi * across / length), -1, 1)
    if scene.texture == "speckles":
        small = generator.normal(0, 1, (scene.height // 2, scene.width // 2)).astype(numpy.float32)
        return depth * numpy.asarray(
            Image.fromarray(small).resize((scene.width, scene.height), Image.Resampling.BILINEAR)
        )
    return 0.0


def _cast_shadow(canvas: numpy.ndarray, thing: Thing) -> None:
    """Soft, on whatever lies behind, below and to the right of the thing."""
    height, width = canvas.shape[:2]
    radius = thing.radius
    left, right = max(0, int(thing.x - 1.6 * radius)), min(width, int(thing.x + 2 * radius) + 1)
    top, bottom = max(0, int(thing.y - 0.4 * radius)), min(height, int(thing.y + 1.9 * radius) + 1)
    dx = (numpy.arange(left, right) + 0.5 - thing.x - 0.15 * radius)[None] / (0.8 * radius)
    dy = (numpy.arange(top, bottom) + 0.5 - thing.y - 0.72 * radius)[:, None] / (0.42 * radius)
    canvas[top:bottom, left:right] *= (1 - _SHADOW * numpy.exp(-1.4 * (dx * dx + dy * dy)))[..., None]


def _draw(canvas: numpy.ndarray, thing: Thing) -> None:
    surface = surface_of(thing, canvas.shape[1], canvas.shape[0])
    place = surface.window.rows, surface.window.columns
    colour = numpy.array(COLOUR_VALUES[thing.colour]) * numpy.array(thing.tint)
    canvas[place] = surface.over(canvas[place], colour)


def _compressed(pixels: numpy.ndarray, quality: int) -> numpy.ndarray:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=quality)
    return numpy.array(Image.open(buffer))
