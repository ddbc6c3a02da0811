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


def wide_gamut_profile() -> bytes:
    """
    An ICC v2 matrix profile: red, green and blue of Display P3 (as XYZ of D50), gamma 2.2. Made here, so that nothing
    but the decoder has a say in what it means.
    """

    def fixed(*numbers: float) -> bytes:
        return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))

    def xyz(*numbers: float) -> bytes:
        return b"XYZ \0\0\0\0" + fixed(*numbers)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    text = b"wide gamut\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78) + b"\0\0\0",
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.5151, 0.2412, -0.0011),
        b"gXYZ": xyz(0.2920, 0.6922, 0.0419),
        b"bXYZ": xyz(0.1571, 0.0666, 0.7841),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    table, content, start = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, tag in tags.items():
        table += name + struct.pack(">II", start + len(content), len(tag))
        content += tag
    header = struct.pack(">I4sI4s4s4s", start + len(content), b"none", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + fixed(0.9642, 1.0, 0.8249)
    return header.ljust(128, b"\0") + table + content


def in_srgb(colour) -> numpy.ndarray:
    """By hand: Display P3 with gamma 2.2, 0..255, to linear light, through both spaces' published matrices, to sRGB."""
    to_srgb = numpy.array([[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]])
    linear = (to_srgb @ (numpy.array(colour) / 255) ** 2.2).clip(0, 1)
    return 255 * numpy.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


# What a wide gamut changes most, and yet stays within sRGB.
MUTED = (190, 120, 70)


@pytest.mark.parametrize(
    ("form", "mode"),
    [*((form, mode) for form in ("PNG", "TIFF") for mode in ("RGB", "RGBA", "P")), ("TIFF", "PA"), ("WEBP", "RGBA")],
)
def test_a_wide_gamut_is_brought_to_srgb(form, mode):
    picture = Image.new("RGB", (4, 3), MUTED)
    picture = picture.quantize(4).convert(mode) if mode in ("P", "PA") else picture.convert(mode)
    options = {"lossless": True} if form == "WEBP" else {}
    data = encoded(picture, form, icc_profile=wide_gamut_profile(), **options)
    assert numpy.abs(numpy.asarray(decode_picture(data)) - in_srgb(MUTED)).max() <= 2
    assert numpy.abs(in_srgb(MUTED) - MUTED).max() > 8


def test_a_profile_leaves_transparency_as_it_is():
    picture = Image.new("RGBA", (3, 1), (*MUTED, 255))
    picture.putpixel((1, 0), (*MUTED, 102))
    picture.putpixel((2, 0), (*MUTED, 0))
    pixels = numpy.asarray(decode_picture(encoded(picture, icc_profile=wide_gamut_profile())))[0]
    for pixel, part in zip(pixels, (1, 0.4, 0), strict=True):
        assert numpy.abs(pixel - (part * in_srgb(MUTED) + (1 - part) * 255)).max() <= 2


def test_a_palette_with_a_transparent_colour_is_brought_to_srgb_too():
    picture = Image.new("P", (2, 1), 0)
    picture.putpalette([*MUTED, 10, 10, 10])
    picture.putpixel((1, 0), 1)
    data = encoded(picture, transparency=1, icc_profile=wide_gamut_profile())
    first, second = numpy.asarray(decode_picture(data))[0]
    assert numpy.abs(first - in_srgb(MUTED)).max() <= 2 and second.tolist() == [255, 255, 255]


@pytest.mark.parametrize("mode", ["L", "LA"])
def test_profiles_of_grey_pictures_are_applied(mode):
    # Gamma 1: half of the light is 188 in sRGB.
    profile = bytearray(wide_gamut_profile()).replace(b"RGB ", b"GRAY", 1).replace(b"rTRC", b"kTRC", 1)
    linear = bytes(profile).replace(struct.pack(">IH", 1, round(2.2 * 256)), struct.pack(">IH", 1, 256))
    data = encoded(Image.new("L", (2, 2), 128).convert(mode), icc_profile=linear)
    assert numpy.abs(numpy.asarray(decode_picture(data)).astype(int) - 188).max() <= 1


def test_a_profile_of_other_colours_than_the_picture_has_is_ignored():
    data = encoded(Image.new("L", (2, 2), 128), icc_profile=wide_gamut_profile())
    assert numpy.asarray(decode_picture(data)).tolist() == [[[128] * 3] * 2] * 2


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


@pytest.mark.parametrize("form", ["PPM", "ICO", "TGA", "PCX", "SGI", "ICNS", "JPEG2000", "EPS", "DDS"])
def test_formats_that_nobody_sends_are_refused(form):
    data = encoded(NOISE, form)
    assert Image.open(io.BytesIO(data)).format
    with pytest.raises(BadInputError, match="not a picture that can be decoded"):
        decode_picture(data)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "MPO"])
def test_formats_that_people_send_are_taken(form):
    assert decode_picture(encoded(NOISE, form)).size == NOISE.size


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


def test_a_mask_is_black_where_it_is_transparent():
    mask = Image.new("RGBA", (3, 1), (255, 255, 255, 0))
    mask.putpixel((1, 0), (255, 255, 255, 255))
    mask.putpixel((2, 0), (0, 0, 0, 255))
    assert numpy.asarray(decode_mask(encoded(mask), (3, 1))).tolist() == [[0, 255, 0]]
    palette = Image.new("P", (2, 1), 0)
    palette.putpalette([255, 255, 255, 255, 255, 255])
    palette.putpixel((1, 0), 1)
    assert numpy.asarray(decode_mask(encoded(palette, transparency=0), (2, 1))).tolist() == [[0, 255]]


def test_greys_of_a_mask_stay():
    greys = numpy.array([[0, 1, 127, 128, 254, 255]], numpy.uint8)
    assert numpy.array_equal(numpy.asarray(decode_mask(encoded(Image.fromarray(greys)), (6, 1))), greys)


def test_a_mask_has_the_limits_of_the_settings():
    mask = encoded(Image.new("L", (8, 8)))
    with pytest.raises(BadInputError, match="MASK is 8 x 8; at most 63 pixels"):
        decode_mask(mask, (8, 8), limits=PictureLimits(most_pixels=63))
