"""Cuts out what points and boxes lead to: the sam contract on Triton."""

import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from atelier_models.sam.request import read_request
from atelier_models.sam.segmenter import Segmentation, load
from atelier_models.serving.backlog import backlog_of
from atelier_models.serving.batched import answer_batch
from atelier_models.serving.start import start
from atelier_models.serving.tensors import bytes_array


class TritonPythonModel:
    def initialize(self, args):
        self._segmenter = start(args, load)
        self._backlog = backlog_of(args, self._segmenter.settings)
        self._read = partial(read_request, settings=self._segmenter.settings)

    def execute(self, requests):
        return answer_batch(requests, self._read, self._segmenter.run, outputs, self._backlog)

    def finalize(self):
        self._backlog.close()


def outputs(result: Segmentation):
    return {"MASKS": bytes_array(result.masks), "SCORES": result.scores}
