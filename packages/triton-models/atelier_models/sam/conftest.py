import functools
import hashlib
import io
from dataclasses import dataclass

import numpy
import pytest
from PIL import Image

from ..pictures import encode_png
from ..settings import SamSettings
from .families import SamFamily, load_family
from .prompts import Prompt
from .random_weights import build, build_sam2
from .request import SegmentRequest
from .segmenter import Segmenter


@dataclass(frozen=True)
class Samples:
    """Pictures, prompts and requests to try things with."""

    @staticmethod
    def picture(width: int = 96, height: int = 72, seed: int = 0) -> Image.Image:
        """Large blots of colour, so that random masks have something to follow."""
        blots = numpy.random.default_rng(seed).integers(0, 256, (5, 6, 3), dtype=numpy.uint8)
        return Image.fromarray(blots).resize((width, height), Image.Resampling.BICUBIC)

    @staticmethod
    def prompt(points=(), labels=(), box=None) -> Prompt:
        return Prompt(
            numpy.array(points, dtype=numpy.float32).reshape(-1, 2),
            numpy.array(labels, dtype=numpy.int64),
            None if box is None else numpy.array(box, dtype=numpy.float32),
        )

    @staticmethod
    def request(picture: Image.Image, prompts: list[Prompt], sent: bool = True) -> SegmentRequest:
        data = encode_png(picture)
        return SegmentRequest(hashlib.sha256(data).hexdigest(), data if sent else b"", prompts)

    @staticmethod
    def pixels(png: bytes) -> numpy.ndarray:
        picture = Image.open(io.BytesIO(png))
        assert (picture.format, picture.mode) == ("PNG", "L")
        return numpy.asarray(picture)

    def all_shapes(self) -> list[Prompt]:
        """Each kind of prompt, all within a picture of 96 x 72."""
        return [
            self.prompt([(20, 30)], [1]),
            self.prompt([(60.5, 41.25)], [1]),
            self.prompt(box=(10, 12, 50, 44)),
            self.prompt(box=(30, 5, 95.5, 71)),
            self.prompt([(20, 30), (70, 10)], [1, 0]),
            self.prompt([(20, 30), (70, 10), (40, 40)], [1, 0, 1]),
            self.prompt([(20, 30)], [1], (5, 8, 60, 60)),
            self.prompt([(20, 30), (25, 55)], [1, 0], (5, 8, 60, 60)),
        ]


@pytest.fixture(scope="session")
def samples():
    return Samples()


@pytest.fixture(scope="session")
def folders(tmp_path_factory):
    """Random weights of both families by the name of their class."""
    made = {"sam": tmp_path_factory.mktemp("sam"), "sam2": tmp_path_factory.mktemp("sam2")}
    build(made["sam"])
    build_sam2(made["sam2"])
    return made


@pytest.fixture(scope="session")
def families(folders):
    """Loaded once for each precision: they keep nothing between requests."""

    @functools.cache
    def loaded(kind: str, precision: str = "auto") -> SamFamily:
        return load_family(folders[kind], SamSettings(device="cpu", precision=precision))

    return loaded


@pytest.fixture
def make_segmenter(families):
    def make(kind: str = "sam", **changes) -> Segmenter:
        settings = SamSettings(device="cpu", **changes)
        return Segmenter(families(kind, settings.precision), settings)

    return make
