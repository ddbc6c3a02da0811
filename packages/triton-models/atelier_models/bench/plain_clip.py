"""CLIP as https://huggingface.co/docs/transformers/model_doc/clip shows it."""

import io
from collections.abc import Callable
from pathlib import Path

import torch
from PIL import Image
from transformers import AutoTokenizer, CLIPModel
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from ..inputs import Inputs
from ..precision import torch_dtype
from ..settings import ClipSettings


def make(folder: Path, settings: ClipSettings) -> Callable[[Inputs], object]:
    model = CLIPModel.from_pretrained(folder, dtype=torch_dtype(settings)).to(settings.device).eval()
    tokenizer, processor = AutoTokenizer.from_pretrained(folder), CLIPImageProcessorPil.from_pretrained(folder)

    @torch.no_grad()
    def run(request: Inputs) -> object:
        files = request.blobs("IMAGES", settings.most_items)
        if files:
            pictures = [Image.open(io.BytesIO(data)).convert("RGB") for data in files]
            pixels = processor(images=pictures, return_tensors="pt")["pixel_values"]
            features = model.get_image_features(pixel_values=pixels.to(settings.device, model.dtype))
        else:
            texts = request.texts("TEXTS", settings.most_items, settings.most_characters)
            tokens = tokenizer(texts, padding=True, truncation=True, return_tensors="pt").to(settings.device)
            features = model.get_text_features(**tokens)
        vectors = features.pooler_output
        return (vectors / vectors.norm(dim=-1, keepdim=True)).float().cpu().numpy()

    return run
