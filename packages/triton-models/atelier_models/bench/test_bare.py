import base64

import numpy
import pytest

from ..inputs import Inputs
from .measure import measure
from .pipelines import Batched, Streamed
from .tensors import read_inputs


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


class TestReadInputs:
    def test_reads_numbers_and_bytes_with_their_shapes(self):
        inputs = read_inputs(
            {
                "BOXES": {
                    "datatype": "FP32",
                    "shape": [1, 2, 2],
                    "data": encoded(numpy.arange(4, dtype=numpy.float32).tobytes()),
                },
                "SEED": {"datatype": "INT64", "shape": [1, 1], "data": encoded(numpy.array([2**40]).tobytes())},
                "IMAGES": {"datatype": "BYTES", "shape": [1, 2], "data": [encoded(b"\x00\xff\x00"), ""]},
            },
            batched=True,
        )
        assert inputs.rows("BOXES", 2).tolist() == [[0, 1], [2, 3]]
        assert inputs.integer("SEED", 0, 2**62) == 2**40
        assert inputs.blobs("IMAGES", 2) == [b"\x00\xff\x00", b""]

    @pytest.mark.parametrize(
        "tensor",
        [
            {"datatype": "FP64", "shape": [1], "data": ""},
            {"datatype": "INT32", "shape": [2], "data": encoded(bytes(4))},
            {"datatype": "INT32", "shape": [1], "data": "not base64"},
        ],
    )
    def test_refuses_what_does_not_fit(self, tensor):
        with pytest.raises(ValueError):
            read_inputs({"X": tensor}, batched=False)


def request(number: int) -> Inputs:
    return Inputs({"X": numpy.array([[number]])}, batched=True)


class TestPipelines:
    def test_a_batch_is_run_together_and_answered_in_order(self):
        batches = []

        def run(items):
            batches.append(items)
            return [item * 10 for item in items]

        pipeline = Batched(
            lambda inputs: inputs.integer("X", 0, 9), run, lambda value: {"Y": numpy.array([value])}, lambda: None
        )
        timings = measure(pipeline, [request(number) for number in range(5)], together=2)
        assert batches == [[0, 1], [2, 3], [4]]
        assert [timing["responses"] for timing in timings] == [2, 2, 1]
        assert [outputs["Y"].tolist() for outputs in pipeline.answer([request(3), request(1)])] == [[30], [10]]

    def test_a_request_that_fails_is_not_measured(self):
        pipeline = Batched(lambda inputs: inputs, lambda items: [KeyError("lost")] * len(items), dict, lambda: None)
        with pytest.raises(KeyError):
            measure(pipeline, [request(1)], together=1)

    def test_a_stream_has_a_first_response_and_its_usage(self):
        def run(_item, is_cancelled):
            assert not is_cancelled()
            yield {"TEXT": numpy.array([b"a"], dtype=object)}
            sum(range(200_000))
            yield {"USAGE": numpy.array([b"{}"], dtype=object)}

        (timing,) = measure(Streamed(lambda inputs: inputs, run, lambda: None), [request(1)], together=1)
        assert timing["responses"] == 2
        assert timing["usage"] == "{}"
        assert 0 < timing["firstMs"] < timing["milliseconds"]
