"""Answers each `INPUT_<datatype>` with an equal `OUTPUT_<datatype>`."""

import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        return [pb_utils.InferenceResponse([echo(tensor) for tensor in request.inputs()]) for request in requests]


def echo(tensor):
    name = tensor.name().replace("INPUT_", "OUTPUT_")
    if tensor.name() == "INPUT_BF16":
        # numpy has no bfloat16: the memory is handed on as it is.
        return pb_utils.Tensor.from_dlpack(name, tensor.to_dlpack())
    return pb_utils.Tensor(name, tensor.as_numpy())
