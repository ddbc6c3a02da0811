"""Makes a model from code that comes with its weights."""

import re
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import (
    AutoModelForCausalLM,
    AutoModelForImageTextToText,
    GenerationConfig,
    PreTrainedConfig,
    PreTrainedModel,
)
from transformers.initialization import no_init_weights

from ..errors import SettingsError


def load_remote_model(folder: Path, config: PreTrainedConfig, dtype: torch.dtype) -> PreTrainedModel:
    """
    The model of the folder's own code and weights, on the CPU. Not by `from_pretrained`: that builds without memory and
    fills in the weights, and what code of before transformers 5 computes while it is built (tables of rotary positions)
    stays whatever the memory held. Raises `SettingsError` where weights and code do not fit each other.
    """
    kind = AutoModelForImageTextToText if _is_image_text_to_text(config) else AutoModelForCausalLM
    with no_init_weights():
        model = kind.from_config(config, trust_remote_code=True, dtype=dtype)
    if not model.can_generate():
        raise SettingsError(f"vqa: {type(model).__name__} does not write text.")
    _keep_in_float32(model, dtype)
    _fill(model, folder)
    if (folder / "generation_config.json").is_file():
        model.generation_config = GenerationConfig.from_pretrained(folder, local_files_only=True)
    return model


def _is_image_text_to_text(config: PreTrainedConfig) -> bool:
    return "AutoModelForImageTextToText" in config.auto_map


def _keep_in_float32(model: PreTrainedModel, dtype: torch.dtype) -> None:
    """What `from_pretrained` keeps in float32, because the code says that it needs it, before the weights come."""
    half = dtype in (torch.float16, torch.bfloat16)
    parts = {*(model._keep_in_fp32_modules or ())} if dtype == torch.float16 else set()
    parts |= {*(model._keep_in_fp32_modules_strict or ())} if half else set()
    for name, parameter in model.named_parameters():
        if any(re.search(part.replace("*", r".*"), name) for part in parts):
            parameter.data = parameter.data.float()


def _fill(model: PreTrainedModel, folder: Path) -> None:
    """One file after the other, so that no more than one of them is in memory beside the model."""
    renamed = getattr(model, "_checkpoint_conversion_mapping", None) or {}
    missing = set(model.state_dict())
    for file in sorted(folder.glob("*.safetensors")):
        tensors = {_renamed(name, renamed): tensor for name, tensor in load_file(file).items()}
        unknown = model.load_state_dict(tensors, strict=False).unexpected_keys
        if unknown:
            raise SettingsError(f"vqa: {file.name} has {unknown[0]}, for which {type(model).__name__} has no place.")
        missing -= set(tensors)
    model.tie_weights()
    if missing:
        filled = {tensor.data_ptr() for name, tensor in model.state_dict().items() if name not in missing}
        missing = {name for name in missing if model.state_dict()[name].data_ptr() not in filled}
    if missing:
        raise SettingsError(f"vqa: {folder} has no weights for {min(missing)} of {type(model).__name__}.")


def _renamed(name: str, patterns: dict[str, str]) -> str:
    """Checkpoints of older code name their parts otherwise; the class itself says how."""
    for pattern, replacement in patterns.items():
        changed, count = re.subn(pattern, replacement, name)
        if count:
            return changed
    return name
