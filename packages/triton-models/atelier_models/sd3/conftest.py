"""Tiny weights of each family, built once, and what a request needs."""

import dataclasses
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from ..settings import Sd3Settings
from . import random_weights
from .painter import Painter, load
from .request import PaintRequest

SIDE = 64
_BUILDERS = {
    "sd3": (random_weights.build, {}),
    "sd3-unshifted": (random_weights.build, {"shift_factor": 0.0}),
    "sd3-inpaint": (random_weights.build, {"in_channels": 33}),
    "xl": (random_weights.build_xl, {"in_channels": 4}),
    "xl-inpaint": (random_weights.build_xl, {}),
    "sd": (random_weights.build_stable_diffusion, {"in_channels": 4}),
    "sd-inpaint": (random_weights.build_stable_diffusion, {}),
    "power-paint": (random_weights.build_power_paint, {}),
    # Of pictures of 64 pixels.
    "sd3-small": (random_weights.build, {"sample_size": 8}),
    "sd3-inpaint-small": (random_weights.build, {"in_channels": 33, "sample_size": 8}),
    "xl-small": (random_weights.build_xl, {"sample_size": 8}),
    "sd-small": (random_weights.build_stable_diffusion, {"sample_size": 8}),
}


@pytest.fixture(scope="session")
def weights(tmp_path_factory) -> Callable[[str], Path]:
    root = tmp_path_factory.mktemp("sd3-weights")

    def weights(name: str) -> Path:
        build, arguments = _BUILDERS[name]
        folder = root / name
        if not folder.exists():
            build(folder, **arguments)
        return folder

    return weights


@pytest.fixture(scope="session")
def painter_of(weights) -> Iterator[Callable[..., Painter]]:
    """`painter_of(weights, **settings)`: the same painter for the same arguments."""
    painters: dict[tuple, Painter] = {}

    def painter_of(name: str, **settings) -> Painter:
        key = (name, *sorted(settings.items()))
        if key not in painters:
            painters[key] = load(Sd3Settings(model=str(weights(name)), **{"device": "cpu", **settings}))
        return painters[key]

    yield painter_of
    for painter in painters.values():
        painter.close()


def from_words(**changes) -> PaintRequest:
    request = PaintRequest("a red cat", "blurry", None, None, SIDE, SIDE, steps=3, guidance=7.0, strength=1.0, seed=5)
    return dataclasses.replace(request, **changes)


def inpainting(**changes) -> PaintRequest:
    size = (changes.get("width", SIDE), changes.get("height", SIDE))
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    ImageDraw.Draw(image).ellipse((8, 8, 40, 40), fill="orange")
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).rectangle((16, 16, 47, 47), fill=255)
    return from_words(image=image, mask=mask, **changes)


def outputs_of(painter: Painter, request: PaintRequest) -> list[dict]:
    return list(painter.paint(request, lambda: False))


def png_of(painter: Painter, request: PaintRequest) -> bytes:
    return outputs_of(painter, request)[-1]["IMAGE"][0]


def picture_of(painter: Painter, request: PaintRequest) -> Image.Image:
    return Image.open(io.BytesIO(png_of(painter, request)))


def cancelled_when_asked(times: int):
    """Says no `times` times, then yes."""
    asked = []

    def is_cancelled() -> bool:
        asked.append(None)
        return len(asked) > times

    return is_cancelled
