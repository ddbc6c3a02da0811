"""A chat about pictures as https://huggingface.co/docs/transformers/model_doc/llava_onevision shows it."""

import io
from collections.abc import Callable
from pathlib import Path

import torch
from PIL import Image
from transformers import AutoConfig, AutoModelForImageTextToText

from ..inputs import Inputs
from ..precision import torch_dtype
from ..settings import VqaSettings
from ..vqa.messages import read_messages
from ..vqa.processor import load_processor


def make(folder: Path, settings: VqaSettings) -> Callable[[Inputs], object]:
    """Greedy, all of the answer at once. `AutoProcessor` would need torchvision, so the processor is ours."""
    model = AutoModelForImageTextToText.from_pretrained(folder, dtype=torch_dtype(settings)).to(settings.device).eval()
    processor = load_processor(folder, AutoConfig.from_pretrained(folder), False)

    @torch.no_grad()
    def run(request: Inputs) -> object:
        files = request.blobs("IMAGES", settings.most_pictures)
        pictures = [Image.open(io.BytesIO(data)).convert("RGB") for data in files]
        messages = read_messages(request.text("MESSAGES", settings.most_characters), len(files))
        chat = [
            {"role": message.role, "content": [_part(part, pictures) for part in message.parts]} for message in messages
        ]
        inputs = processor.apply_chat_template(
            chat, add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
        ).to(model.device, model.dtype)
        tokens = model.generate(**inputs, max_new_tokens=request.integer("MAX_TOKENS", 1, 10_000), do_sample=False)
        return processor.decode(tokens[0, inputs["input_ids"].shape[1] :], skip_special_tokens=True)

    return run


def _part(part: str | int, pictures: list[Image.Image]) -> dict:
    return {"type": "text", "text": part} if isinstance(part, str) else {"type": "image", "image": pictures[part]}
