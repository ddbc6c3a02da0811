"""OWLv2 as https://huggingface.co/docs/transformers/model_doc/owlv2 shows it."""

import io
from collections.abc import Callable
from pathlib import Path

import torch
from PIL import Image
from transformers import AutoTokenizer, Owlv2ForObjectDetection, Owlv2ImageProcessorPil, Owlv2Processor

from ..inputs import Inputs
from ..precision import torch_dtype
from ..settings import Owlv2Settings


def make(folder: Path, settings: Owlv2Settings) -> Callable[[Inputs], object]:
    model = Owlv2ForObjectDetection.from_pretrained(folder, dtype=torch_dtype(settings)).to(settings.device).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder, model_max_length=model.config.text_config.max_position_embeddings)
    processor = Owlv2Processor(Owlv2ImageProcessorPil.from_pretrained(folder), tokenizer)

    @torch.no_grad()
    def run(request: Inputs) -> object:
        image = Image.open(io.BytesIO(request.blob("IMAGE"))).convert("RGB")
        phrases = [request.texts("PHRASES", settings.most_phrases, settings.most_characters)]
        inputs = processor(text=phrases, images=image, return_tensors="pt", truncation=True)
        outputs = model(**inputs.to(settings.device, model.dtype))
        return processor.post_process_grounded_object_detection(
            outputs=outputs,
            target_sizes=torch.tensor([(image.height, image.width)]),
            threshold=request.number("THRESHOLD", 0, 1),
            text_labels=phrases,
        )

    return run
