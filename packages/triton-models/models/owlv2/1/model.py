"""Triton's entry of the model owlv2; everything else is in `atelier_models.owlv2`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from atelier_models.owlv2.detector import load
from atelier_models.owlv2.request import read_request, write_detections
from atelier_models.serving.backlog import backlog_of
from atelier_models.serving.batched import answer_batch
from atelier_models.serving.start import start


class TritonPythonModel:
    def initialize(self, args):
        self._detector = start(args, load)
        self._backlog = backlog_of(args, self._detector.settings)

    def execute(self, requests):
        return answer_batch(requests, self._read, self._detector.detect, write_detections, self._backlog)

    def finalize(self):
        self._backlog.close()

    def _read(self, inputs):
        return read_request(inputs, self._detector.settings)
