"""Paints by words (Triton's side; the work is in atelier_models/sd3)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from atelier_models.sd3.painter import load
from atelier_models.serving.start import start
from atelier_models.serving.streamed import stream_work
from atelier_models.serving.waiting_line import WaitingLine


class TritonPythonModel:
    def initialize(self, args):
        self._painter = start(args, load)
        settings = self._painter.settings
        # One picture at a time: two would take twice as long each.
        self._line = WaitingLine(1, settings.queue, settings.queue_seconds)

    def execute(self, requests):
        """Returns at once: what cannot run yet waits in the model's own line."""
        for request in requests:
            self._line.put(stream_work(request, self._painter.read, self._painter.paint))

    def finalize(self):
        self._line.close()
        self._painter.close()
