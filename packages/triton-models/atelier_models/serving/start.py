"""What `initialize` of every model begins with."""

import dataclasses
import json
import time
import traceback
from collections.abc import Callable, Mapping
from typing import TypeVar

import torch
import triton_python_backend_utils as pb_utils

from ..errors import SettingsError
from ..read_settings import read_settings
from ..settings import ModelSettings
from .loading import check_device, loaded

_Pipeline = TypeVar("_Pipeline")


def start(args: Mapping[str, str], load: Callable[[ModelSettings], _Pipeline]) -> _Pipeline:
    """
    The pipeline that `load(settings)` makes, warmed up, so that the model is ready only when it is fast.
    `args`: of `initialize`. What is wrong with settings or weights becomes the reason that Triton shows; the trace of a
    library's error goes to the log.
    """
    name = args["model_name"]
    parameters = json.loads(args["model_config"]).get("parameters", {})
    texts = {key: value["string_value"] for key, value in parameters.items()}
    try:
        settings = with_device(read_settings(name, texts), args)
        if settings.threads:
            torch.set_num_threads(settings.threads)
        began = time.monotonic()
        pipeline = loaded(name, settings, load)
    except SettingsError as error:
        if error.__cause__ is not None:
            pb_utils.Logger.log_error("".join(traceback.format_exception(error)))
        raise pb_utils.TritonModelException(str(error)) from None
    weights = settings.model if settings.profile == "full" else f"{settings.profile} weights"
    pb_utils.Logger.log_info(
        f"{name}: {weights} on {settings.device}, {settings.precision}; warm after {time.monotonic() - began:.1f} s"
    )
    return pipeline


def with_device(settings: ModelSettings, args: Mapping[str, str]) -> ModelSettings:
    """`auto` becomes the device on which Triton put the instance. Raises `SettingsError` for one that is not there."""
    if settings.device == "auto":
        on_gpu = args["model_instance_kind"] == "GPU"
        device = f"cuda:{args['model_instance_device_id']}" if on_gpu else "cpu"
        settings = dataclasses.replace(settings, device=device)
    check_device(args["model_name"], settings.device)
    return settings
