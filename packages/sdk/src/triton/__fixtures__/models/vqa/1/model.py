"""Answers questions about coloured shapes, one word at a time, in the form of the vqa contract."""

import json
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
import triton_python_backend_utils as pb_utils

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from toy_models.answer import answer
from toy_models.chat import picture_bytes, read_chat
from toy_models.inputs import array_of, invalid, record_file, scalar, text
from toy_models.look import BadInputError, decode_picture

TOKEN_SECONDS = 0.002
TOKENS_A_PICTURE = 64
FINAL = pb_utils.TRITONSERVER_RESPONSE_COMPLETE_FINAL


class TritonPythonModel:
    def initialize(self, args):
        self._threads = ThreadPoolExecutor(8)

    def execute(self, requests):
        for request in requests:
            sender = request.get_response_sender()
            try:
                words, limit, prompt_tokens = read_request(request)
                record = record_file(request)
            except BadInputError as error:
                sender.send(pb_utils.InferenceResponse(error=invalid(error, streamed=True)), flags=FINAL)
                continue
            self._threads.submit(speak, sender, words, limit, prompt_tokens, record)

    def finalize(self):
        self._threads.shutdown()


def read_request(request):
    images = array_of(request, "IMAGES")
    pictures = [picture_bytes(bytes(value)) for value in images.reshape(-1)] if images is not None else []
    chat = read_chat(text(request, "MESSAGES"), len(pictures))
    limit = scalar(request, "MAX_TOKENS", 1, 2**31 - 1)
    temperature = scalar(request, "TEMPERATURE", 0, 2)
    seed = scalar(request, "SEED", 0, 2**63 - 1)
    looked_at = [decode_picture(pictures[index], "IMAGES") for index in chat.pictures]
    # Each word with the space before it, so that the deltas joined are the answer.
    words = re.findall(r"\s*\S+", answer(chat, looked_at, temperature, seed))
    return words, limit, chat.words + TOKENS_A_PICTURE * len(pictures)


def speak(sender, words, limit, prompt_tokens, record):
    said = 0
    for word in words[:limit]:
        if sender.is_cancelled():
            break
        time.sleep(TOKEN_SECONDS)
        sender.send(pb_utils.InferenceResponse([bytes_tensor("TEXT", word)]))
        said += 1
    cancelled = sender.is_cancelled()
    if record:
        record.write_text(json.dumps({"step": said, "steps": len(words), "cancelled": cancelled, "at": time.time()}))
    if cancelled:
        error = pb_utils.TritonError("The request was cancelled.", pb_utils.TritonError.CANCELLED)
        sender.send(pb_utils.InferenceResponse(error=error), flags=FINAL)
        return
    usage = json.dumps({"prompt_tokens": prompt_tokens, "completion_tokens": said})
    tensors = [
        bytes_tensor("FINISH_REASON", "stop" if said == len(words) else "length"),
        bytes_tensor("USAGE", usage),
    ]
    sender.send(pb_utils.InferenceResponse(tensors), flags=FINAL)


def bytes_tensor(name, value):
    return pb_utils.Tensor(name, numpy.array([value.encode()], dtype=object))
