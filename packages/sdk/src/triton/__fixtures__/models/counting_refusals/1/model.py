"""Works, writing a line into FILE each time, and answers with the error UNAVAILABLE and the words given."""

import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        file, words = (
            pb_utils.get_input_tensor_by_name(request, name).as_numpy()[0].decode() for name in ("FILE", "WORDS")
        )
        with open(file, "a") as lines:
            lines.write("ran\n")
        return pb_utils.InferenceResponse(error=pb_utils.TritonError(words, pb_utils.TritonError.UNAVAILABLE))
