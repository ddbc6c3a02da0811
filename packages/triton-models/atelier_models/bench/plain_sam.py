"""SAM as https://huggingface.co/docs/transformers/model_doc/sam shows it, embeddings kept as its notebook does."""

import io
from collections.abc import Callable
from pathlib import Path

import torch
from PIL import Image
from transformers import SamModel, SamProcessor
from transformers.models.sam.image_processing_pil_sam import SamImageProcessorPil

from ..inputs import Inputs
from ..precision import torch_dtype
from ..settings import SamSettings


def make(folder: Path, settings: SamSettings) -> Callable[[Inputs], object]:
    """Prompts of one point or several; the masks are tensors, neither cleaned nor encoded."""
    model = SamModel.from_pretrained(folder, dtype=torch_dtype(settings)).to(settings.device).eval()
    processor = SamProcessor(SamImageProcessorPil.from_pretrained(folder))
    kept: dict[str, tuple[torch.Tensor, Image.Image]] = {}

    @torch.no_grad()
    def run(request: Inputs) -> object:
        key, data = request.text("IMAGE_KEY", 64), request.blob("IMAGE")
        image = Image.open(io.BytesIO(data)).convert("RGB") if data else kept[key][1]
        points = [[request.rows("POINTS", 2).tolist()]]
        # The notebook, too, prepares the picture again for its sizes; it is only not encoded again.
        inputs = processor(image, input_points=points, return_tensors="pt")
        if data:
            kept.clear()
            kept[key] = model.get_image_embeddings(inputs["pixel_values"].to(settings.device, model.dtype)), image
        outputs = model(
            input_points=inputs["input_points"].to(settings.device, model.dtype),
            image_embeddings=kept[key][0],
            multimask_output=True,
        )
        return processor.image_processor.post_process_masks(
            outputs.pred_masks.float().cpu(), inputs["original_sizes"], inputs["reshaped_input_sizes"]
        )

    return run
