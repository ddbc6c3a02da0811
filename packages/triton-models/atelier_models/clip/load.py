"""From settings to an `Embedder` that is ready."""

from pathlib import Path

from transformers import AutoConfig, AutoTokenizer, CLIPModel, Siglip2Model, SiglipModel
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil
from transformers.models.siglip2.image_processing_pil_siglip2 import Siglip2ImageProcessorPil

from ..errors import SettingsError
from ..precision import place, torch_dtype
from ..settings import ClipSettings
from ..weights.locate import weights_folder
from .embedder import Embedder
from .prepare import FixedSize, Patches
from .tokens import Tokens
from .towers import ImageTower, TextTower

# By `model_type` of the weights. SigLIP 2 with one picture size says "siglip"; "siglip2" is its NaFlex variant.
_KINDS = {
    "clip": (CLIPModel, CLIPImageProcessorPil, FixedSize),
    "siglip": (SiglipModel, SiglipImageProcessorPil, FixedSize),
    "siglip2": (Siglip2Model, Siglip2ImageProcessorPil, Patches),
}


def load(settings: ClipSettings) -> Embedder:
    """Raises `SettingsError` where the weights are missing or of another kind."""
    return load_folder(weights_folder("clip", settings), settings)


def load_folder(folder: Path, settings: ClipSettings) -> Embedder:
    """The embedder of the weights in a folder."""
    dtype = torch_dtype(settings)
    model = load_model(folder, settings)
    _, processor_class, preparation = _KINDS[model.config.model_type]
    processor = processor_class.from_pretrained(folder, local_files_only=True)
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    padded = model.config.model_type != "clip"
    return Embedder(
        settings,
        place(ImageTower(model), settings),
        place(TextTower(model), settings),
        preparation(processor, settings.device, dtype),
        Tokens(tokenizer, model.config.text_config.max_position_embeddings, padded, settings.device),
    )


def load_model(folder: Path, settings: ClipSettings) -> CLIPModel | SiglipModel | Siglip2Model:
    """In the type of the settings, on the CPU. Raises `SettingsError` for other models."""
    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    if config.model_type not in _KINDS:
        raise SettingsError(f"clip: {settings.model} is of type {config.model_type}; taken are {', '.join(_KINDS)}.")
    model_class, _, _ = _KINDS[config.model_type]
    return model_class.from_pretrained(folder, local_files_only=True, dtype=torch_dtype(settings)).eval()
