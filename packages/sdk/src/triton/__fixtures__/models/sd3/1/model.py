"""Paints coloured shapes step by step, in the form of the sd3 contract. Looks for a cancellation at every step."""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
import triton_python_backend_utils as pb_utils

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from toy_models.inputs import blob, invalid, record_file, scalar, text
from toy_models.look import BadInputError, encode_png
from toy_models.paint import Painting, paint, read_image_and_mask

STEP_SECONDS = 0.01
FINAL = pb_utils.TRITONSERVER_RESPONSE_COMPLETE_FINAL


class TritonPythonModel:
    def initialize(self, args):
        # In threads of their own, so that a long painting does not hold up the others.
        self._threads = ThreadPoolExecutor(8)

    def execute(self, requests):
        for request in requests:
            sender = request.get_response_sender()
            try:
                work, steps, record = read_request(request)
            except BadInputError as error:
                sender.send(pb_utils.InferenceResponse(error=invalid(error, streamed=True)), flags=FINAL)
                continue
            self._threads.submit(run, sender, work, steps, record)

    def finalize(self):
        self._threads.shutdown()


def read_request(request):
    width, height = (scalar(request, name, 64, 2048) for name in ("WIDTH", "HEIGHT"))
    if width % 16 or height % 16:
        raise BadInputError(f"WIDTH and HEIGHT must be multiples of 16, not {width} x {height}.")
    prompt = text(request, "PROMPT")
    if not prompt.strip():
        raise BadInputError("PROMPT is empty.")
    image, mask = read_image_and_mask(blob(request, "IMAGE"), blob(request, "MASK"), width, height)
    steps = scalar(request, "STEPS", 1, 1000)
    strength = scalar(request, "STRENGTH", 0, 1)
    work = Painting(
        prompt=prompt,
        negative_prompt=text(request, "NEGATIVE_PROMPT"),
        width=width,
        height=height,
        image=image,
        mask=mask,
        guidance=scalar(request, "GUIDANCE", 0, 30),
        strength=1.0 if image is None else strength,
        seed=scalar(request, "SEED", 0, 2**63 - 1),
    )
    # As in the real pipeline, a strength below 1 starts part of the way.
    return work, max(1, int(steps * work.strength)), record_file(request)


def run(sender, work, steps, record):
    try:
        done, cancelled = denoise(sender, steps)
        if record:
            record.write_text(json.dumps({"step": done, "steps": steps, "cancelled": cancelled, "at": time.time()}))
        if cancelled:
            error = pb_utils.TritonError("The request was cancelled.", pb_utils.TritonError.CANCELLED)
            sender.send(pb_utils.InferenceResponse(error=error), flags=FINAL)
            return
        picture = numpy.array([encode_png(paint(work))], dtype=object)
        sender.send(pb_utils.InferenceResponse([pb_utils.Tensor("IMAGE", picture)]), flags=FINAL)
    except Exception as error:
        failure = pb_utils.TritonError(f"{type(error).__name__}: {error}", pb_utils.TritonError.INTERNAL)
        sender.send(pb_utils.InferenceResponse(error=failure), flags=FINAL)


def denoise(sender, steps):
    """Steps done, and whether it was told to stop."""
    for step in range(1, steps + 1):
        if sender.is_cancelled():
            return step - 1, True
        time.sleep(STEP_SECONDS)
        values = {"STEP": step, "STEPS": steps}
        tensors = [pb_utils.Tensor(name, numpy.array([value], dtype=numpy.int32)) for name, value in values.items()]
        sender.send(pb_utils.InferenceResponse(tensors))
    return steps, sender.is_cancelled()
