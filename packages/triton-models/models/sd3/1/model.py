"""Paints by words (Triton's side; the work is in atelier_models/sd3)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from atelier_models.sd3.painter import load
from atelier_models.serving.start import start
from atelier_models.serving.streamed import answer_stream


class TritonPythonModel:
    def initialize(self, args):
        self.painter = start(args, load)

    def execute(self, requests):
        """Returns when the pictures are done, so that Triton's queue, with its limits, is the only one."""
        for request in requests:
            answer_stream(request, self.painter.read, self.painter.paint)

    def finalize(self):
        self.painter.close()
