"""
`python -m atelier_models.bench.bare MODEL [--way bare|plain]`: a model without Triton, for the bench.

The settings are those of the server: the same `ATELIER_...` environment, and `--parameters` of its config as JSON. Once
loaded and warm it writes one JSON object in a line to stdout. Each line of stdin, `{ "requests": [tensors, ...],
"together": n }`, is answered by one, `{ "timings": [...], "peakBytes": n }` or `{ "error": "..." }`. Ends with stdin.
"""

import argparse
import dataclasses
import json
import os
import resource
import sys

import torch
import transformers

from ..read_settings import read_settings
from ..settings import SETTINGS, ModelSettings
from .measure import measure
from .pipelines import load_pipeline
from .plain import load_plain
from .tensors import read_inputs


def main() -> None:
    arguments = _arguments()
    answers = _own_stdout()
    transformers.utils.logging.set_verbosity_error()
    settings = _settings(arguments.model, json.loads(arguments.parameters))
    load = load_plain if arguments.way == "plain" else load_pipeline
    pipeline = load(arguments.model, settings)
    pipeline.warm_up()
    _write(answers, _machine(settings))
    for line in sys.stdin:
        command = json.loads(line)
        try:
            requests = [read_inputs(tensors, pipeline.batched) for tensors in command["requests"]]
            timings = measure(pipeline, requests, command["together"])
            _write(answers, {"timings": timings, "peakBytes": _peak_bytes(settings)})
        except Exception as error:
            _write(answers, {"error": f"{type(error).__name__}: {error}"})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A model without Triton, for the bench.")
    parser.add_argument("model", choices=SETTINGS)
    parser.add_argument("--way", choices=("bare", "plain"), default="bare")
    parser.add_argument("--parameters", default="{}", help="of the model's config, as a JSON object of texts")
    return parser.parse_args()


def _own_stdout():
    """Stdout for answers alone: what libraries print goes to stderr."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _settings(name: str, parameters: dict[str, str]) -> ModelSettings:
    """As `serving.start` does: `auto` is the GPU where there is one."""
    settings = read_settings(name, parameters)
    if settings.threads:
        torch.set_num_threads(settings.threads)
    if settings.device != "auto":
        return settings
    return dataclasses.replace(settings, device="cuda:0" if torch.cuda.is_available() else "cpu")


def _machine(settings: ModelSettings) -> dict:
    on_gpu = settings.device.startswith("cuda")
    return {
        "torch": torch.__version__,
        "device": torch.cuda.get_device_name(settings.device) if on_gpu else "cpu",
        "precision": settings.precision,
        "threads": torch.get_num_threads(),
    }


def _peak_bytes(settings: ModelSettings) -> int:
    """Of the GPU's memory, as torch took it; of the process's, where there is none."""
    if settings.device.startswith("cuda"):
        return torch.cuda.max_memory_reserved(settings.device)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _write(answers, value: dict) -> None:
    answers.write(json.dumps(value) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
