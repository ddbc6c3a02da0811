"""Loads any image-text-to-text model of transformers for answering questions."""

import copy
import json
from pathlib import Path

import torch
import transformers
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForImageTextToText, PreTrainedModel
from transformers.models.auto.modeling_auto import MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING

from ..errors import SettingsError
from ..precision import place, torch_dtype
from ..settings import VqaSettings
from ..weights.locate import weights_folder
from .answerer import Answerer, Copy
from .processor import load_processor
from .remote_code import check_remote_code, needs_remote_code, remote_code_failed


def load(settings: VqaSettings) -> Answerer:
    """
    The model of the settings, with `settings.at_once` copies that share its weights. Raises `SettingsError` for weights
    that are not here, are of another kind, or need code that may not run.
    """
    folder = weights_folder("vqa", settings)
    values = json.loads((folder / "config.json").read_text())
    is_remote = needs_remote_code(values)
    if not is_remote:
        return _load(folder, settings, trust=False, causal=False)
    check_remote_code(settings)
    is_causal = "AutoModelForImageTextToText" not in values["auto_map"]
    try:
        answerer = _load(folder, settings, trust=True, causal=is_causal)
        # Code for another version of the library often loads, and fails when it runs.
        answerer.warm_up()
    except SettingsError:
        raise
    except Exception as error:
        raise remote_code_failed(settings, error) from error
    return answerer


def _load(folder: Path, settings: VqaSettings, trust: bool, causal: bool) -> Answerer:
    options = {"local_files_only": True, "trust_remote_code": trust}
    config = AutoConfig.from_pretrained(folder, **options)
    if not trust and type(config) not in MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING:
        raise SettingsError(
            f"vqa: {settings.model} is a {config.model_type} model, which transformers {transformers.__version__} "
            "does not have as a model from pictures and text to text."
        )
    kind = AutoModelForCausalLM if causal else AutoModelForImageTextToText
    model = kind.from_pretrained(folder, config=config, dtype=torch_dtype(settings), **options)
    plain_generation(model)
    model = place(model, settings)
    processor = load_processor(folder, config, trust)
    copies = [Copy(twin(model), copy.deepcopy(processor)) for _ in range(settings.at_once)]
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
