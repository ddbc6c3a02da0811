import numpy
import pytest

from ..errors import BadInputError
from ..inputs import Inputs
from ..settings import Owlv2Settings
from .request import read_request


def _inputs(image=b"\xff\xd8", phrases=(b"a cup",), threshold=0.3):
    return Inputs(
        {
            "IMAGE": numpy.array([[image]], object),
            "PHRASES": numpy.array([phrases], object),
            "THRESHOLD": numpy.array([[threshold]], numpy.float32),
        },
        batched=True,
    )


def test_reads_what_the_contract_says():
    request = read_request(_inputs(phrases=("eine Tür".encode(), b" a cup ")), Owlv2Settings())
    assert request.image == b"\xff\xd8"
    assert request.phrases == ("eine Tür", " a cup ")
    assert request.threshold == numpy.float32(0.3)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"image": b""}, "IMAGE is missing or empty"),
        ({"phrases": ()}, "from 1 to 100"),
        ({"phrases": (b"a",) * 101}, "not 101"),
        ({"phrases": (b"a", b" \n")}, "PHRASES 1 is empty"),
        ({"phrases": (b"\xff",)}, "not UTF-8"),
        ({"phrases": (b"a" * 1001,)}, "at most 1000"),
        ({"threshold": float("nan")}, "THRESHOLD must be from 0 to 1, not nan"),
        ({"threshold": -0.1}, "THRESHOLD must be from 0 to 1"),
        ({"threshold": 1.1}, "THRESHOLD must be from 0 to 1"),
    ],
)
def test_says_what_is_wrong(wrong, said):
    with pytest.raises(BadInputError, match=said):
        read_request(_inputs(**wrong), Owlv2Settings())


def test_an_input_left_out_is_named():
    for name in ("IMAGE", "PHRASES", "THRESHOLD"):
        arrays = {key: value for key, value in _inputs().arrays.items() if key != name}
        with pytest.raises(BadInputError, match=name):
            read_request(Inputs(arrays, batched=True), Owlv2Settings())
