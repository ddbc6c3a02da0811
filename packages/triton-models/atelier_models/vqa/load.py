"""Loads any image-text-to-text model of transformers for answering questions."""

import copy
import dataclasses
from pathlib import Path

import torch
import transformers
from transformers import AutoConfig, AutoModelForImageTextToText, PreTrainedConfig, PreTrainedModel
from transformers.models.auto.modeling_auto import MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING
from transformers.utils import logging

from ..compiled import compile_forward
from ..errors import SettingsError
from ..precision import place, torch_dtype
from ..settings import VqaSettings
from ..weights.locate import weights_folder
from .answerer import Answerer, Copy
from .json_file import read_json
from .plain_text import PlainText
from .processor import load_processor
from .remote_code import check_before_weights, check_remote_code, needs_remote_code, remote_code_failed
from .remote_model import load_remote_model


def load(settings: VqaSettings) -> Answerer:
    """
    The model of the settings, in `settings.at_once` copies that share its weights. Raises `SettingsError` for weights
    that are not here, are of another kind, or need code that may not run or does not work.
    """
    # A log is no place for bars.
    logging.disable_progress_bar()
    check_before_weights(settings)
    folder = weights_folder("vqa", settings)
    if not needs_remote_code(read_json(folder / "config.json")):
        config = AutoConfig.from_pretrained(folder, local_files_only=True)
        return _answerer(_library_model(folder, config, settings), folder, settings, trust=False)
    check_remote_code(settings)
    try:
        config = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=True)
        model = load_remote_model(folder, config, torch_dtype(settings))
        answerer = _answerer(model, folder, settings, trust=True)
        # Code for another version of the library often loads, and fails when it runs.
        answerer.warm_up()
    except SettingsError:
        raise
    except Exception as error:
        raise remote_code_failed(settings, error) from error
    return answerer


def _library_model(folder: Path, config: PreTrainedConfig, settings: VqaSettings) -> PreTrainedModel:
    if type(config) not in MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING:
        raise SettingsError(
            f"vqa: {settings.model} is a {config.model_type} model, which transformers {transformers.__version__} "
            "does not have as a model from pictures and text to text."
        )
    return AutoModelForImageTextToText.from_pretrained(
        folder, config=config, dtype=torch_dtype(settings), local_files_only=True
    )


def _answerer(model: PreTrainedModel, folder: Path, settings: VqaSettings, trust: bool) -> Answerer:
    plain_generation(model)
    processor = load_processor(folder, model.config, trust)
    # Copies are compiled one by one, below: a compiled forward belongs to one module.
    model = place(model, dataclasses.replace(settings, compile=False))
    plain = PlainText(processor)
    copies = [Copy(twin(model), copy.deepcopy(processor), plain) for _ in range(settings.at_once)]
    if settings.compile:
        # The part that runs for every token. What reads pictures has other shapes for each, and breaks into pieces.
        for one in copies:
            compile_forward(one.model.get_decoder(), settings)
    return Answerer(copies, settings)


def plain_generation(model: PreTrainedModel) -> None:
    """
    Of the model's generation config, what shapes one greedy answer stays (end tokens, penalties); beams and the
    library's own sampling do not. Temperature, top-k, top-p and min-p are ours to apply: see `sampling`.
    """
    config = model.generation_config
    config.do_sample, config.num_beams, config.num_return_sequences = False, 1, 1
    config.max_length = None


def twin(model: PreTrainedModel) -> PreTrainedModel:
    """
    A second module tree over the very same tensors. Answers at the same time must not share one: some classes keep what
    belongs to a request in an attribute (Qwen-VL its `rope_deltas`).
    """
    tensors: list[torch.Tensor] = [*model.parameters(), *model.buffers()]
    return copy.deepcopy(model, {id(tensor): tensor for tensor in tensors})
