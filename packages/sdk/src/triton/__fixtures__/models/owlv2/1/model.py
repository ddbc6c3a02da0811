"""Finds coloured shapes by words, in the form of the owlv2 contract."""

import sys
from pathlib import Path

import numpy
import triton_python_backend_utils as pb_utils

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from toy_models.inputs import array_of, as_text, blob, invalid, scalar
from toy_models.look import BadInputError, decode_picture, find_shapes
from toy_models.vocabulary import read_phrase


class TritonPythonModel:
    def execute(self, requests):
        return [self._respond(request) for request in requests]

    def _respond(self, request):
        try:
            pixels = decode_picture(blob(request, "IMAGE", batched=True))
            phrases = [as_text(phrase, "PHRASES") for phrase in array_of(request, "PHRASES", batched=True)]
            threshold = scalar(request, "THRESHOLD", 0, 1, batched=True)
            return self._detections(pixels, phrases, threshold)
        except BadInputError as error:
            return pb_utils.InferenceResponse(error=invalid(error))

    def _detections(self, pixels, phrases, threshold):
        if not phrases or any(not phrase.strip() for phrase in phrases):
            raise BadInputError("PHRASES must name at least one thing, and none of them may be empty.")
        rows = []
        for index, phrase in enumerate(phrases):
            words = read_phrase(phrase)
            for seen in find_shapes(pixels, words) if words else []:
                if seen.score >= threshold:
                    rows.append((seen.region.box, seen.score, index))
        boxes = numpy.array([box for box, _, _ in rows], dtype=numpy.float32).reshape(1, -1, 4)
        scores = numpy.array([[score for _, score, _ in rows]], dtype=numpy.float32)
        indices = numpy.array([[index for _, _, index in rows]], dtype=numpy.int32)
        return pb_utils.InferenceResponse(
            [
                pb_utils.Tensor("BOXES", boxes),
                pb_utils.Tensor("SCORES", scores),
                pb_utils.Tensor("PHRASE_INDEX", indices),
            ]
        )
