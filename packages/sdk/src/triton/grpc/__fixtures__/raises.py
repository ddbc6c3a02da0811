"""Waits WAIT_MS, then raises TEXT with the error code of that name; answers with TEXT where CODE is empty."""

import time

import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        return [self._answer(request) for request in requests]

    def _answer(self, request):
        def read(name):
            return pb_utils.get_input_tensor_by_name(request, name).as_numpy().flatten()[0]

        time.sleep(int(read("WAIT_MS")) / 1000)
        code, text = read("CODE").decode(), read("TEXT").decode()
        if code:
            error = pb_utils.TritonError(text, getattr(pb_utils.TritonError, code))
            return pb_utils.InferenceResponse(error=error)
        return pb_utils.InferenceResponse(
            [pb_utils.Tensor("OUT", pb_utils.get_input_tensor_by_name(request, "TEXT").as_numpy())]
        )
