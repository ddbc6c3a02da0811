import numpy as np
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    """Only its configuration matters: tensor names that are hostile to source text."""

    def execute(self, requests):
        tensor = pb_utils.Tensor("with space", np.zeros(1, dtype=np.uint64))
        return [pb_utils.InferenceResponse([tensor]) for _ in requests]
