"""Decodes and encodes pictures. Limits are checked on the header, before any pixel is decoded."""

import io
from dataclasses import dataclass

import numpy
from PIL import Image, ImageCms, ImageOps

from .errors import BadInputError

# Formats of the contract and those that people send anyway. Others have decoders that we do not want to expose.
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "MPO")
# Pillow's own limit speaks of attacks and names no size; ours is checked on the header, like it.
Image.MAX_IMAGE_PIXELS = None
_SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True)
class PictureLimits:
    """The largest picture taken: bytes of its file, pixels and pixels of its longer side once decoded."""

    most_bytes: int = 32 * 2**20
    most_pixels: int = 40_000_000
    longest_side: int = 16_384


def decode_picture(
    data: bytes, name: str = "IMAGE", limits: PictureLimits | None = None, behind: str = "white"
) -> Image.Image:
    """
    The picture of an encoded file: upright (EXIF orientation applied), sRGB, mode RGB, transparency over the colour
    `behind`. `name` is the input that an error speaks of. Raises `BadInputError`.
    """
    limits = limits or PictureLimits()
    if not data:
        raise BadInputError(f"{name} is empty.")
    if len(data) > limits.most_bytes:
        raise BadInputError(f"{name} has {len(data)} bytes; at most {limits.most_bytes} are taken.")
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            _check_size(picture.size, name, limits)
            return _upright_rgb(picture, behind)
    except BadInputError:
        raise
    except Exception:
        raise BadInputError(f"{name} is not a picture that can be decoded ({len(data)} bytes).") from None


def decode_mask(
    data: bytes, size: tuple[int, int], name: str = "MASK", limits: PictureLimits | None = None
) -> Image.Image:
    """
    The mask of an encoded file as mode L, black where it is transparent. Its (width, height) must be `size`. Raises
    `BadInputError`.
    """
    mask = decode_picture(data, name, limits, behind="black").convert("L")
    if mask.size != size:
        raise BadInputError(f"{name} is {mask.width} x {mask.height}, but must be {size[0]} x {size[1]}.")
    return mask


def encode_png(pixels: numpy.ndarray | Image.Image) -> bytes:
    """PNG of [height, width] or [height, width, 3] uint8. Level 1: pictures with noise take ten times as long at 6."""
    picture = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _check_size(size: tuple[int, int], name: str, limits: PictureLimits) -> None:
    width, height = size
    if width * height > limits.most_pixels or max(width, height) > limits.longest_side:
        raise BadInputError(
            f"{name} is {width} x {height}; at most {limits.most_pixels} pixels and "
            f"{limits.longest_side} on a side are taken."
        )


def _upright_rgb(picture: Image.Image, behind: str) -> Image.Image:
    colours, opacity = _parts(_in_eight_bits(ImageOps.exif_transpose(picture)))
    if profile := picture.info.get("icc_profile"):
        colours = _to_srgb(colours, profile)
    colours = colours.convert("RGB")
    return colours if opacity is None else Image.composite(colours, Image.new("RGB", colours.size, behind), opacity)


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """Pillow clips 16 bits to 8 instead of scaling them."""
    if not picture.mode.startswith("I"):
        return picture
    return Image.fromarray((numpy.asarray(picture).astype(numpy.uint32) >> 8).astype(numpy.uint8))


def _parts(picture: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """The colours in a mode that profiles speak of (L, RGB, CMYK), and opacity in mode L where there is any."""
    plain = "L" if picture.mode in ("1", "L", "LA", "La") else "CMYK" if picture.mode == "CMYK" else "RGB"
    if not picture.has_transparency_data:
        return picture.convert(plain), None
    # All kinds of it: a channel, a palette with it, one colour of all that is transparent.
    coloured = picture.convert("RGBA")
    return coloured.convert(plain), coloured.getchannel("A")


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """A profile that cannot be used is ignored, as browsers do."""
    try:
        return ImageCms.profileToProfile(
            picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), _SRGB, outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
