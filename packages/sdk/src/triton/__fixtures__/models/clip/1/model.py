"""Unit vectors of texts or pictures, in the form of the clip contract."""

import sys
from pathlib import Path

import numpy
import triton_python_backend_utils as pb_utils

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from toy_models.embed import embed_picture, embed_text
from toy_models.inputs import array_of, as_text, invalid
from toy_models.look import BadInputError, decode_picture


class TritonPythonModel:
    def execute(self, requests):
        return [self._respond(request) for request in requests]

    def _respond(self, request):
        try:
            images, texts = array_of(request, "IMAGES"), array_of(request, "TEXTS")
            if (images is None) == (texts is None):
                raise BadInputError("Give either IMAGES or TEXTS.")
            if texts is None:
                vectors = [embed_picture(decode_picture(bytes(data), "IMAGES")) for data in images.reshape(-1)]
                shape = images.shape
            else:
                vectors = [embed_text(as_text(value, "TEXTS")) for value in texts.reshape(-1)]
                shape = texts.shape
            if not vectors:
                raise BadInputError("There is nothing to embed.")
            embeddings = numpy.stack(vectors).astype(numpy.float32).reshape(*shape, -1)
            return pb_utils.InferenceResponse([pb_utils.Tensor("EMBEDDINGS", embeddings)])
        except BadInputError as error:
            return pb_utils.InferenceResponse(error=invalid(error))
