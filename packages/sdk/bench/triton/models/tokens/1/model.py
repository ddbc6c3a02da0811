"""Streams COUNT tokens `<RUN>.<number>;`, with PAUSE_MS milliseconds before each."""

import time

import numpy as np
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        for request in requests:
            run, count, pause_ms = (
                pb_utils.get_input_tensor_by_name(request, name).as_numpy()[0] for name in ("RUN", "COUNT", "PAUSE_MS")
            )
            sender = request.get_response_sender()
            for number in range(count):
                time.sleep(pause_ms / 1000)
                text = np.array([f"{run.decode()}.{number};".encode()], dtype=object)
                sender.send(pb_utils.InferenceResponse([pb_utils.Tensor("TEXT", text)]))
            sender.send(flags=pb_utils.TRITONSERVER_RESPONSE_COMPLETE_FINAL)
        return None
