"""Counts to STEPS with DELAY_MS between two steps, and appends to FILE what it did and when (milliseconds, epoch)."""

import time

import numpy as np
import triton_python_backend_utils as pb_utils


def note(path, event):
    with open(path, "a") as file:
        file.write(f"{event} {time.time() * 1000:.3f}\n")


class TritonPythonModel:
    def execute(self, requests):
        return [self._count(request) for request in requests]

    def _count(self, request):
        def read(name):
            return pb_utils.get_input_tensor_by_name(request, name).as_numpy()[0]

        path = read("FILE").decode()
        for step in range(int(read("STEPS"))):
            if request.is_cancelled():
                note(path, f"stopped {step}")
                error = pb_utils.TritonError("the request was cancelled", pb_utils.TritonError.CANCELLED)
                return pb_utils.InferenceResponse(error=error)
            note(path, f"step {step}")
            time.sleep(int(read("DELAY_MS")) / 1000)
        note(path, "done")
        return pb_utils.InferenceResponse([pb_utils.Tensor("COUNT", np.array([read("STEPS")], np.int32))])
