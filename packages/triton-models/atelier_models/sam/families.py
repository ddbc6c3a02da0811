"""The two families of weights behind one interface: an image encoder, and a decoder that prompts its output."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
from transformers import Sam2Model, SamModel

from ..errors import SettingsError
from ..precision import place, torch_dtype
from ..settings import SamSettings
from .frame import Frame, Normalisation
from .prompt_batch import PromptBatch

# ImageNet's, with which all published weights were trained.
_MEAN, _STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class SamFamily:
    """
    Segment Anything (Kirillov et al. 2023, arXiv 2304.02643), ViT-B, L and H, by transformers' `SamModel`.

    The encoder and the mask decoder compute in the precision of the settings; the prompt encoder, a few small products,
    stays in float32: in bfloat16 a coordinate would be rounded to some 4 pixels of 1024.
    """

    fit: Callable[[tuple[int, int], int], Frame] = staticmethod(Frame.fitted)
    model_class: type = SamModel

    def __init__(self, folder: Path, settings: SamSettings) -> None:
        self.device, self.dtype = settings.device, torch_dtype(settings)
        model = self.model_class.from_pretrained(folder, local_files_only=True, dtype=torch.float32)
        model = model.eval().requires_grad_(False).to(settings.device)
        model.vision_encoder = place(model.vision_encoder, settings)
        # Not compiled: each number of prompts and points would be one more size, and the encoder is the work. Not
        # quantised: it is small, and edges of masks are where its errors show.
        model.mask_decoder = place(model.mask_decoder, replace(settings, compile=False), quantised=False)
        self.model = model
        self.side: int = model.config.prompt_encoder_config.image_size
        self.normalisation = _normalisation(folder)
        with torch.inference_mode():
            # [1, channels, height, width]: the same for every picture.
            self.positions = model.get_image_wide_positional_embeddings().to(self.dtype)

    def frame(self, size: tuple[int, int]) -> Frame:
        """For a picture of (width, height)."""
        return self.fit(size, self.side)

    def encode(self, pictures: list) -> list[tuple[torch.Tensor, ...]]:
        """
        Pictures [inner_height, inner_width, 3] uint8, resized to their frames -> for each its feature maps
        [channels, height, width], with memory of their own, so that one can be let go without the others.
        """
        pixels = self.normalisation.batch(pictures, self.side, self.device, self.dtype)
        with torch.inference_mode():
            maps = self._encode(pixels)
            return [
                tuple(part[index].clone(memory_format=torch.contiguous_format) for part in maps)
                for index in range(len(pictures))
            ]

    def decode(
        self, features: list[tuple[torch.Tensor, ...]], prompts: PromptBatch, multimask: bool
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """
        One prompt on the features of one picture each, n in all -> mask logits [n, masks, side / 4, side / 4] and
        estimates of their IoU [n, masks], both float32. `multimask`: three masks, else one.
        """
        with torch.inference_mode():
            maps = [torch.stack(parts) for parts in zip(*features, strict=True)]
            sparse, dense = self.model.prompt_encoder(prompts.points, prompts.labels, prompts.boxes, None)
            masks, scores = self.model.mask_decoder(
                image_embeddings=maps[-1],
                image_positional_embeddings=self.positions.expand(len(features), -1, -1, -1),
                sparse_prompt_embeddings=sparse.to(self.dtype),
                dense_prompt_embeddings=dense.to(self.dtype),
                multimask_output=multimask,
                **self._decoder_extras(maps),
            )[:2]
            return masks[:, 0].float(), scores[:, 0].float()

    def upscale(self, logits: torch.Tensor, frame: Frame) -> torch.Tensor:
        """[n, height, width] of the decoder -> [n, height, width] of the picture, as `post_process_masks` does."""
        square = _resize(logits, frame.side, frame.side)[:, : frame.inner_height, : frame.inner_width]
        return _resize(square, frame.height, frame.width)

    def _encode(self, pixels: torch.Tensor) -> list[torch.Tensor]:
        return [self.model.get_image_embeddings(pixels)]

    def _decoder_extras(self, maps: list[torch.Tensor]) -> dict:
        return {}


class Sam2Family(SamFamily):
    """
    Segment Anything 2 and 2.1 on single pictures (Ravi et al. 2024, arXiv 2408.00714), by transformers' `Sam2Model`.
    Two finer feature maps reach the decoder beside the embedding, and the picture is stretched to the square.
    """

    fit = staticmethod(Frame.stretched)
    model_class = Sam2Model

    def __init__(self, folder: Path, settings: SamSettings) -> None:
        super().__init__(folder, settings)
        # Added to the features; in float32 it would make them float32 too.
        self.model.no_memory_embedding.data = self.model.no_memory_embedding.data.to(self.dtype)

    def upscale(self, logits: torch.Tensor, frame: Frame) -> torch.Tensor:
        return _resize(logits, frame.height, frame.width)

    def _encode(self, pixels: torch.Tensor) -> list[torch.Tensor]:
        return self.model.get_image_embeddings(pixels)

    def _decoder_extras(self, maps: list[torch.Tensor]) -> dict:
        return {"high_resolution_features": maps[:-1]}


# The published SAM 2 weights are those of the video model, of which the picture model is a part.
_FAMILIES = {"sam": SamFamily, "sam2": Sam2Family, "sam2_video": Sam2Family}


def load_family(folder: Path, settings: SamSettings) -> SamFamily:
    """By the `model_type` of the weights' config.json. Raises `SettingsError` for other models."""
    kind = _read_json(folder / "config.json").get("model_type", "")
    if kind not in _FAMILIES:
        raise SettingsError(f"sam: {settings.model} is a model of type {kind!r}; {', '.join(_FAMILIES)} can be used.")
    return _FAMILIES[kind](folder, settings)


def _normalisation(folder: Path) -> Normalisation:
    config = _read_json(folder / "preprocessor_config.json")
    return Normalisation(tuple(config.get("image_mean", _MEAN)), tuple(config.get("image_std", _STD)))


def _read_json(path: Path) -> dict:
    return json.loads(path.read_text()) if path.is_file() else {}


def _resize(logits: torch.Tensor, height: int, width: int) -> torch.Tensor:
    return torch.nn.functional.interpolate(logits[:, None], (height, width), mode="bilinear", align_corners=False)[:, 0]
