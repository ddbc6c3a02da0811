"""Sends one response for each step, DELAY_MS apart, and appends to FILE what it did and when (milliseconds, epoch).

STEPS below zero: an error after that many responses.
"""

import time

import numpy as np
import triton_python_backend_utils as pb_utils


def note(path, event):
    with open(path, "a") as file:
        file.write(f"{event} {time.time() * 1000:.3f}\n")


class TritonPythonModel:
    def execute(self, requests):
        for request in requests:
            self._count(request)

    def _count(self, request):
        def read(name):
            return pb_utils.get_input_tensor_by_name(request, name).as_numpy()[0]

        path = read("FILE").decode()
        steps = int(read("STEPS"))
        sender = request.get_response_sender()
        for step in range(abs(steps)):
            if request.is_cancelled():
                note(path, f"stopped {step}")
                break
            note(path, f"step {step}")
            sender.send(pb_utils.InferenceResponse([pb_utils.Tensor("COUNT", np.array([step], np.int32))]))
            time.sleep(int(read("DELAY_MS")) / 1000)
        else:
            note(path, "done")
            if steps < 0:
                sender.send(pb_utils.InferenceResponse(error=pb_utils.TritonError("it was told to fail")))
        sender.send(flags=pb_utils.TRITONSERVER_RESPONSE_COMPLETE_FINAL)
