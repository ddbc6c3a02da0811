"""Cuts out what points and boxes lead to, in the form of the sam contract with its picture cache."""

import hashlib
import json
import sys
from collections import OrderedDict
from pathlib import Path

import numpy
import triton_python_backend_utils as pb_utils

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from toy_models.inputs import array_of, blob, invalid, text
from toy_models.look import BadInputError, decode_picture, encode_png
from toy_models.prompts import flood, read_prompts


class PictureCache:
    """Decoded pictures by the key of their file. The longest unused go first when there are more than `limit` bytes."""

    def __init__(self, limit):
        self._limit = limit
        self._pictures = OrderedDict()
        self._bytes = 0

    def get(self, key):
        pixels = self._pictures.get(key)
        if pixels is not None:
            self._pictures.move_to_end(key)
        return pixels

    def put(self, key, pixels):
        if key in self._pictures or pixels.nbytes > self._limit:
            return
        self._pictures[key] = pixels
        self._bytes += pixels.nbytes
        while self._bytes > self._limit:
            self._bytes -= self._pictures.popitem(last=False)[1].nbytes


class TritonPythonModel:
    def initialize(self, args):
        parameters = json.loads(args["model_config"])["parameters"]
        self._cache = PictureCache(int(parameters["cache_bytes"]["string_value"]))

    def execute(self, requests):
        return [self._respond(request) for request in requests]

    def _respond(self, request):
        try:
            prompts = read_prompts(
                self._rows(request, "POINTS", 2),
                self._rows(request, "POINT_LABELS"),
                self._rows(request, "POINT_PROMPT"),
                self._rows(request, "BOXES", 4),
            )
            data, key = blob(request, "IMAGE", batched=True), text(request, "IMAGE_KEY", batched=True)
            pixels = self._picture(data, key) if data else self._cache.get(key)
            if pixels is None:
                words = f"image-not-cached: there is no picture with the key {key[:64]}; send it again."
                return pb_utils.InferenceResponse(error=pb_utils.TritonError(words, pb_utils.TritonError.NOT_FOUND))
            return self._masks(pixels, prompts)
        except BadInputError as error:
            return pb_utils.InferenceResponse(error=invalid(error))

    def _picture(self, data, key):
        if hashlib.sha256(data).hexdigest() != key:
            raise BadInputError("IMAGE_KEY is not the SHA-256 of IMAGE in lower-case hexadecimal.")
        pixels = decode_picture(data)
        self._cache.put(key, pixels)
        return pixels

    def _masks(self, pixels, prompts):
        flooded = [flood(pixels, prompt) for prompt in prompts]
        masks = [encode_png(mask.astype(numpy.uint8) * 255) for mask, _ in flooded]
        scores = numpy.array([[score for _, score in flooded]], dtype=numpy.float32)
        return pb_utils.InferenceResponse(
            [pb_utils.Tensor("MASKS", numpy.array([masks], dtype=object)), pb_utils.Tensor("SCORES", scores)]
        )

    def _rows(self, request, name, columns=None):
        array = array_of(request, name, batched=True)
        if array is None:
            array = numpy.zeros(0, dtype=numpy.float32)
        return array.reshape(-1, columns) if columns else array.reshape(-1)
