"""Answers with the words that it was given, one response each, with a delay between them."""

import time

import numpy as np
import triton_python_backend_utils as pb_utils


def one(request, name, default):
    tensor = pb_utils.get_input_tensor_by_name(request, name)
    return default if tensor is None else int(tensor.as_numpy().reshape(-1)[0])


class TritonPythonModel:
    def execute(self, requests):
        for request in requests:
            self.answer(request)

    def answer(self, request):
        """FAIL_AT: the response, from 1, that fails. COUNT: what LEFT counts down from. BINARY: bytes, no words."""
        sender = request.get_response_sender()
        words = pb_utils.get_input_tensor_by_name(request, "WORDS").as_numpy().reshape(-1)
        delay = one(request, "DELAY_MS", 0) / 1000
        fail_at = one(request, "FAIL_AT", 0)
        left = one(request, "COUNT", len(words))
        if one(request, "BINARY", 0):
            words = [b"\x89PNG\xff"] * len(words)
        for number, word in enumerate(words, start=1):
            if number > 1:
                time.sleep(delay)
            if number == fail_at:
                error = pb_utils.TritonError(f"failed at response {number}")
                sender.send(pb_utils.InferenceResponse(error=error))
                break
            left -= 1
            sender.send(
                pb_utils.InferenceResponse(
                    [
                        pb_utils.Tensor("WORD", np.array([word], dtype=object)),
                        pb_utils.Tensor("LEFT", np.array([left], dtype=np.int64)),
                        pb_utils.Tensor("SCORES", np.full((number, 2), 0.5, dtype=np.float32)),
                    ]
                )
            )
        sender.send(flags=pb_utils.TRITONSERVER_RESPONSE_COMPLETE_FINAL)
