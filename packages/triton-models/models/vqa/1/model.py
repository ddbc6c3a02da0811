"""Visual question answering: the work is in `atelier_models.vqa`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from atelier_models.serving.start import start
from atelier_models.serving.streamed import stream_work
from atelier_models.serving.waiting_line import WaitingLine
from atelier_models.vqa.load import load
from atelier_models.vqa.outputs import write_outputs


class TritonPythonModel:
    def initialize(self, args):
        self._answerer = start(args, load)
        settings = self._answerer.settings
        self._line = WaitingLine(settings.at_once, settings.queue, settings.queue_seconds)

    def execute(self, requests):
        """Returns at once: what cannot run yet waits in the model's own line."""
        for request in requests:
            self._line.put(stream_work(request, self._answerer.read, self._run))

    def finalize(self):
        self._line.close()

    def _run(self, item, is_cancelled):
        return write_outputs(self._answerer.answer(item, is_cancelled))
