"""Triton's side of `clip`: vectors of pictures and texts. The work is in atelier_models/clip."""

import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from atelier_models.clip.load import load
from atelier_models.clip.request import read_request
from atelier_models.serving.backlog import backlog_of
from atelier_models.serving.batched import answer_batch
from atelier_models.serving.start import start


class TritonPythonModel:
    def initialize(self, args):
        self._embedder = start(args, load)
        self._backlog = backlog_of(args, self._embedder.settings)

    def execute(self, requests):
        read = partial(read_request, settings=self._embedder.settings)
        return answer_batch(requests, read, self._embedder.embed, lambda rows: {"EMBEDDINGS": rows}, self._backlog)

    def finalize(self):
        self._backlog.close()
