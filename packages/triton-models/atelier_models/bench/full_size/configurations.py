"""The full-size configurations that the bench knows, with what was published of their size."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import torch

from .chat import save_vqa, vqa
from .fill import filled, parameters_of
from .painting import save_sd3, sd3
from .vision import clip, owlv2, sam, save_clip, save_owlv2, save_sam

Makers = Mapping[str, Callable[[], torch.nn.Module]]


@dataclass(frozen=True)
class FullSize:
    """
    `model`: of the repository. `published`: parameters of the weights that it has the shape of. `makers`: of its parts,
    by name, with so many layers in every tower (None: all). `save` writes them with their tokenizers and processors.
    `settings`: of the model, by name, that these weights need.
    """

    model: str
    stands_for: str
    published: int
    makers: Callable[[int | None], Makers]
    save: Callable[[Path, dict[str, torch.nn.Module]], None]
    settings: Mapping[str, str] = field(default_factory=dict)

    def parameters(self, layers: int | None = None) -> int:
        return sum(parameters_of(make) for make in self.makers(layers).values())

    def write(self, folder: Path, device: str, dtype: torch.dtype, layers: int | None = None) -> None:
        """Writes it as `save_pretrained` does."""
        modules = {name: filled(make, device, dtype) for name, make in self.makers(layers).items()}
        self.save(folder, modules)


# Parameters: the bytes of the published weights by four (by two where they are in bf16); the parts of SD3 one by one.
CONFIGURATIONS: dict[str, FullSize] = {
    "owlv2-base": FullSize(
        "owlv2", "google/owlv2-base-patch16-ensemble, 960 px", 154_980_000, partial(owlv2, "base"), save_owlv2
    ),
    "owlv2-large": FullSize(
        "owlv2", "google/owlv2-large-patch14-ensemble, 1008 px", 438_000_000, partial(owlv2, "large"), save_owlv2
    ),
    "sam-base": FullSize("sam", "facebook/sam-vit-base", 93_740_000, partial(sam, "base"), save_sam),
    "sam-huge": FullSize("sam", "facebook/sam-vit-huge", 641_090_000, partial(sam, "huge"), save_sam),
    "clip-large": FullSize("clip", "openai/clip-vit-large-patch14", 427_620_000, clip, save_clip),
    "sd3-medium": FullSize(
        "sd3",
        "stabilityai/stable-diffusion-3-medium-diffusers without T5",
        2_930_000_000,
        partial(sd3, False),
        save_sd3,
        {"text_encoder_3": "false"},
    ),
    "sd3-medium-t5": FullSize(
        "sd3", "stabilityai/stable-diffusion-3-medium-diffusers", 7_690_000_000, partial(sd3, True), save_sd3
    ),
    "vqa-0.5b": FullSize(
        "vqa", "llava-hf/llava-onevision-qwen2-0.5b-ov-hf", 893_700_000, partial(vqa, "0.5b"), save_vqa
    ),
    "vqa-4b": FullSize(
        "vqa",
        "the shape of lmms-lab/LLaVA-OneVision-1.5-4B-Instruct, by the class of the first generation",
        4_740_000_000,
        partial(vqa, "4b"),
        save_vqa,
    ),
}
