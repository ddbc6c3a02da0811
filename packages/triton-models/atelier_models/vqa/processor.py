"""Makes a model's processor for chats with pictures, without torchvision."""

from pathlib import Path

import transformers
from transformers import AutoImageProcessor, AutoTokenizer, PreTrainedConfig, ProcessorMixin
from transformers.dynamic_module_utils import get_class_from_dynamic_module
from transformers.models.auto.processing_auto import PROCESSOR_MAPPING

from ..errors import SettingsError
from .json_file import read_json

_FILES = ("processor_config.json", "preprocessor_config.json", "tokenizer_config.json")


def load_processor(folder: Path, config: PreTrainedConfig, trust_remote_code: bool) -> ProcessorMixin:
    """
    The processor of the class that the folder names, with Pillow's image processor on each machine, so that answers do
    not depend on whether torchvision is installed. `AutoProcessor` fails without torchvision for every model that also
    takes videos. Raises `SettingsError` where the folder has no processor for pictures, or no chat template.
    """
    kind = _without_videos(_processor_class(folder, config, trust_remote_code))
    options = {"local_files_only": True, "trust_remote_code": trust_remote_code}
    parts = {
        "image_processor": lambda: AutoImageProcessor.from_pretrained(folder, backend="pil", **options),
        "tokenizer": lambda: AutoTokenizer.from_pretrained(folder, **options),
        "video_processor": lambda: None,
    }
    attributes = kind.get_attributes()
    if not {"image_processor", "tokenizer"} <= set(attributes) <= set(parts):
        raise SettingsError(f"vqa: {kind.__name__} takes {', '.join(attributes)}; it must take pictures and text.")
    values, _ = kind.get_processor_dict(folder, local_files_only=True)
    try:
        processor = kind.from_args_and_dict([parts[name]() for name in attributes], values)
    except ImportError as error:
        raise SettingsError(f"vqa: {kind.__name__} needs a package that is not installed: {error}") from error
    processor.chat_template = processor.chat_template or processor.tokenizer.chat_template
    if not processor.chat_template:
        raise SettingsError(f"vqa: {folder} has no chat template, so it is no model for questions.")
    return processor


def _processor_class(folder: Path, config: PreTrainedConfig, trust_remote_code: bool) -> type[ProcessorMixin]:
    for name in _FILES:
        values = read_json(folder / name) if (folder / name).is_file() else {}
        reference = values.get("auto_map", {}).get("AutoProcessor")
        if reference and trust_remote_code:
            return get_class_from_dynamic_module(reference, folder, local_files_only=True)
        kind = getattr(transformers, values.get("processor_class") or "", None)
        if kind is not None:
            return kind
    if type(config) in PROCESSOR_MAPPING:
        return PROCESSOR_MAPPING[type(config)]
    raise SettingsError(f"vqa: {folder} has no processor that transformers {transformers.__version__} knows.")


def _without_videos(kind: type[ProcessorMixin]) -> type[ProcessorMixin]:
    class PictureProcessor(kind):
        def check_argument_for_proper_class(self, argument_name, argument):
            if argument_name == "video_processor":
                return type(None)
            return super().check_argument_for_proper_class(argument_name, argument)

    PictureProcessor.__name__ = kind.__name__
    return PictureProcessor
