"""Answers with CODE and VALUES as they are, or does what CODE says: `raise`, `half`, or the name of an error's code."""

import numpy as np
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        return [answer(request) for request in requests]


def answer(request):
    tensor = pb_utils.get_input_tensor_by_name(request, "CODE").as_numpy()
    code = tensor.ravel()[0].decode()
    if code == "raise":
        raise ValueError("raised")
    if code.isupper():
        return pb_utils.InferenceResponse([], pb_utils.TritonError("as asked", getattr(pb_utils.TritonError, code)))
    outputs = [pb_utils.Tensor("ECHO", tensor)]
    values = pb_utils.get_input_tensor_by_name(request, "VALUES")
    if values is not None:
        outputs.append(pb_utils.Tensor("VALUES", values.as_numpy()))
    if code == "half":
        outputs.append(pb_utils.Tensor("HALF", np.ones((1, 1), np.float16)))
    return pb_utils.InferenceResponse(outputs)
