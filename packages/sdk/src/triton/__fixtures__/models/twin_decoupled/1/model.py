"""Answers COUNT times; at FAIL_AT with the error of CODE, or by raising, and then no more."""

import numpy as np
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        for request in requests:
            sender = request.get_response_sender()
            respond(request, sender)
            sender.send(flags=pb_utils.TRITONSERVER_RESPONSE_COMPLETE_FINAL)


def respond(request, sender):
    given = {tensor.name(): tensor for tensor in request.inputs()}
    fail_at = int(given["FAIL_AT"].as_numpy()[0]) if "FAIL_AT" in given else -1
    for step in range(int(given["COUNT"].as_numpy()[0])):
        if step == fail_at:
            code = given["CODE"].as_numpy()[0].decode()
            if code == "raise":
                raise ValueError("raised")
            error = pb_utils.TritonError("bad step", getattr(pb_utils.TritonError, code))
            sender.send(pb_utils.InferenceResponse([], error))
            return
        outputs = [
            pb_utils.Tensor("STEP", np.array([step], np.int32)),
            pb_utils.Tensor("TEXTS", np.array([f"step {step}", "고양이"], object)),
        ]
        if "PAIRS" in given:
            outputs.append(pb_utils.Tensor("PAIRS", given["PAIRS"].as_numpy()))
        sender.send(pb_utils.InferenceResponse(outputs))
