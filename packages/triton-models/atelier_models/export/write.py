"""Writes the ONNX file of a part, and compares it with the module."""

import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy
import onnxruntime
import torch

from .part import Part

# What TensorRT 10 and onnxruntime read, and all that these models need.
OPSET = 18


def write(part: Part, folder: Path, opset: int = OPSET) -> list[Path]:
    """
    The files written: the graph and, beside it, `<file>.data` with its weights. Made in a folder beside and then moved,
    the graph last, so that a file that is there is whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=f".{part.file}-") as making:
        _program(part, opset).save(Path(making) / part.file, external_data=True)
        made = sorted(Path(making).iterdir(), key=lambda file: file.name == part.file)
        return [file.rename(folder / file.name) for file in made]


@torch.inference_mode()
def _program(part: Part, opset: int) -> torch.onnx.ONNXProgram:
    with warnings.catch_warnings():
        # Of the exporter about its own code.
        warnings.simplefilter("ignore")
        return torch.onnx.export(
            part.module,
            part.example(part.sizes[0]),
            input_names=list(part.free),
            output_names=list(part.outputs),
            dynamic_shapes=tuple(
                {index: name for index, name in enumerate(names) if name} for names in part.free.values()
            ),
            opset_version=opset,
            dynamo=True,
            verbose=False,
        )


@dataclass(frozen=True)
class Difference:
    """The largest absolute difference of one output over all sizes that were tried, and what is allowed."""

    file: str
    output: str
    error: float
    most: float


@torch.inference_mode()
def check(part: Part, folder: Path) -> list[Difference]:
    """Runs the written file in onnxruntime on the CPU and the module in torch on the same inputs of several sizes."""
    session = onnxruntime.InferenceSession(str(folder / part.file), providers=["CPUExecutionProvider"])
    errors = dict.fromkeys(part.outputs, 0.0)
    for sizes in part.sizes:
        inputs = part.example(sizes)
        expected = part.module(*inputs)
        expected = expected if isinstance(expected, tuple) else (expected,)
        feeds = {name: tensor.numpy() for name, tensor in zip(part.free, inputs, strict=True)}
        for name, wanted, given in zip(part.outputs, expected, session.run(list(part.outputs), feeds), strict=True):
            if given.shape != tuple(wanted.shape):
                errors[name] = float("inf")
                continue
            errors[name] = max(errors[name], float(numpy.abs(given - wanted.numpy()).max()))
    return [Difference(part.file, name, errors[name], part.most_error[name]) for name in part.outputs]
