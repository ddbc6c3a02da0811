"""Pictures as people send them, and what is refused."""

import io
import struct
import zlib

import numpy
import pytest
from PIL import Image, ImageCms

from atelier_models.errors import BadInputError
from atelier_models.pictures import PictureLimits, decode_mask, decode_picture, encode_png


def encoded(picture: Image.Image, form: str = "PNG", **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def gradient(width: int, height: int) -> Image.Image:
    rows, columns = numpy.mgrid[0:height, 0:width]
    pixels = numpy.stack([columns * 255 // max(1, width - 1), rows * 255 // max(1, height - 1), rows * 0 + 90], axis=-1)
    return Image.fromarray(pixels.astype(numpy.uint8))


def header_of_png(width: int, height: int) -> bytes:
    """A PNG that says its size and has no pixels."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", b""))
    )


def test_a_png_keeps_every_pixel():
    pixels = numpy.asarray(gradient(31, 17))
    assert numpy.array_equal(numpy.asarray(decode_picture(encode_png(pixels))), pixels)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(orientation):
    upright = numpy.asarray(gradient(6, 4))
    turned = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: upright.transpose(1, 0, 2)[::-1],
        7: upright.transpose(1, 0, 2)[::-1, ::-1],
        8: upright.transpose(1, 0, 2)[:, ::-1],
    }[orientation]
    exif = Image.Exif()
    exif[274] = orientation
    data = encoded(Image.fromarray(numpy.ascontiguousarray(turned)), exif=exif.tobytes())
    assert numpy.array_equal(numpy.asarray(decode_picture(data)), upright)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA", "CMYK"])
def test_every_mode_becomes_rgb(mode):
    form = "TIFF" if mode == "CMYK" else "PNG"
    picture = decode_picture(encoded(gradient(9, 7).convert(mode), form))
    assert (picture.mode, picture.size) == ("RGB", (9, 7))


def test_transparency_is_laid_over_white():
    picture = Image.new("RGBA", (2, 1), (255, 0, 0, 0))
    picture.putpixel((1, 0), (10, 20, 30, 255))
    assert list(decode_picture(encoded(picture)).getdata()) == [(255, 255, 255), (10, 20, 30)]


def test_sixteen_bits_are_scaled_not_clipped():
    data = encoded(Image.fromarray(numpy.array([[0, 32768, 65535]], dtype=numpy.uint16)))
    assert [pixel[0] for pixel in decode_picture(data).getdata()] == [0, 128, 255]


def test_profiles_are_applied_and_broken_ones_ignored():
    broken = encoded(gradient(4, 4), icc_profile=b"not a profile")
    assert numpy.array_equal(numpy.asarray(decode_picture(broken)), numpy.asarray(gradient(4, 4)))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = decode_picture(encoded(gradient(4, 4), icc_profile=srgb))
    assert numpy.abs(numpy.asarray(same).astype(int) - numpy.asarray(gradient(4, 4))).max() <= 1


def test_the_size_is_refused_before_the_pixels_are_decoded():
    with pytest.raises(BadInputError, match=r"IMAGE is 20000 x 20000; at most 40000000 pixels"):
        decode_picture(header_of_png(20_000, 20_000))
    with pytest.raises(BadInputError, match="16384 on a side"):
        decode_picture(header_of_png(30_000, 2))
    with pytest.raises(BadInputError, match="IMAGE"):
        decode_picture(header_of_png(2**31 - 1, 2**31 - 1))


def test_one_pixel_is_a_picture():
    assert decode_picture(encoded(Image.new("RGB", (1, 1), (1, 2, 3)))).getpixel((0, 0)) == (1, 2, 3)


NOISE = Image.fromarray(numpy.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=numpy.uint8))


@pytest.mark.parametrize("data", [b"no picture", encoded(NOISE)[:5000], b"<svg/>", header_of_png(5, 5)])
def test_what_cannot_be_decoded_is_said_so(data):
    with pytest.raises(BadInputError, match=rf"PHOTO is not a picture that can be decoded \({len(data)} bytes\)\."):
        decode_picture(data, "PHOTO")


def test_an_empty_file_and_one_that_is_too_large():
    with pytest.raises(BadInputError, match="IMAGE is empty"):
        decode_picture(b"")
    with pytest.raises(BadInputError, match="IMAGE has 101 bytes; at most 100 are taken"):
        decode_picture(b"x" * 101, limits=PictureLimits(most_bytes=100))


def test_a_mask_must_measure_what_its_picture_does():
    mask = encoded(Image.fromarray(numpy.eye(5, dtype=numpy.uint8) * 255))
    assert numpy.array_equal(numpy.asarray(decode_mask(mask, (5, 5))), numpy.eye(5) * 255)
    with pytest.raises(BadInputError, match="MASK is 5 x 5, but must be 6 x 5"):
        decode_mask(mask, (6, 5))
