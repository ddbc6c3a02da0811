"""Visual question answering: the work is in `atelier_models.vqa`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from atelier_models.serving.slots import Slots
from atelier_models.serving.start import start
from atelier_models.serving.streamed import answer_stream
from atelier_models.vqa.load import load
from atelier_models.vqa.outputs import write_outputs


class TritonPythonModel:
    def initialize(self, args):
        self._answerer = start(args, load)
        self._slots = Slots(self._answerer.settings.at_once)

    def execute(self, requests):
        for request in requests:
            self._slots.start(lambda request=request: answer_stream(request, self._answerer.read, self._run))

    def finalize(self):
        self._slots.close()

    def _run(self, item, is_cancelled):
        return write_outputs(self._answerer.answer(item, is_cancelled))
