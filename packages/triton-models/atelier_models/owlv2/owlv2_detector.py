"""OWLv2 (Minderer, Gritsenko, Houlsby: Scaling Open-Vocabulary Object Detection, 2023)."""

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn
from transformers import AutoTokenizer, Owlv2ForObjectDetection, Owlv2ImageProcessorPil, PreTrainedTokenizerBase

from ..precision import place
from ..settings import Owlv2Settings
from .candidates import at_least, best_phrases, without_rivals
from .corners import corners_of
from .phrases import PhraseEmbeddings
from .prepare import PicturePool, warm_up_request
from .request import DetectionRequest, Detections
from .square import SquarePreparation


class Owlv2Scorer(nn.Module):
    """
    OWLv2 from pixels and phrase embeddings to boxes and logits; tensors alone, to be compiled or exported.
    The tower computes in its own precision, the small heads always in fp32: bfloat16 knows a place in the picture only
    to 1/256 of its side.
    """

    def __init__(self, model: Owlv2ForObjectDetection):
        super().__init__()
        self.vision = model.owlv2.vision_model
        self.layer_norm = model.layer_norm
        self.box_head = model.box_head
        self.class_head = model.class_head
        self.register_buffer("box_bias", model.box_bias, persistent=False)

    def forward(
        self, pixels: torch.Tensor, queries: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """
        pixels: [batch, 3, height, width]; queries: [batch, phrases, width] float32; mask: [batch, phrases] bool.
        (boxes [batch, patches, 4], logits [batch, patches, phrases]), both float32. Boxes are (centre x, centre y,
        width, height) of the padded square, 0..1. Logits of masked phrases are the smallest number.
        """
        tokens = self.vision.post_layernorm(self.vision(pixels).last_hidden_state)
        features = self.layer_norm((tokens[:, 1:] * tokens[:, :1]).float())
        logits, _ = self.class_head(features, queries, mask)
        return torch.sigmoid(self.box_head(features) + self.box_bias), logits


class Owlv2Detector:
    """A `Detector` whose image tower runs once for a batch, however many phrases each request has."""

    def __init__(
        self,
        model: Owlv2ForObjectDetection,
        tokenizer: PreTrainedTokenizerBase,
        preparation: SquarePreparation,
        settings: Owlv2Settings,
    ):
        """model: on the device, its towers in the precision and its heads in fp32."""
        self.settings = settings
        self.phrases = PhraseEmbeddings(self._embed, settings.phrase_cache)
        self.scorer = Owlv2Scorer(model)
        self._model = model
        self._tokenizer = tokenizer
        self._pictures = PicturePool(preparation, settings.picture_limits)

    @torch.inference_mode()
    def detect(self, requests: Sequence[DetectionRequest]) -> list[Detections | Exception]:
        """See `Detector.detect`."""
        results: list = self._pictures.prepare(requests)
        ready = [index for index, result in enumerate(results) if not isinstance(result, Exception)]
        if not ready:
            return results
        pixels = torch.stack([results[index].pixels for index in ready])
        queries, mask = self.phrases.batch([requests[index].phrases for index in ready])
        boxes, logits = self.scorer(pixels, queries, mask)
        scores, phrases = best_phrases(torch.sigmoid(logits), self.settings.nms)
        corners = corners_of(boxes).cpu().numpy()
        for row, index in enumerate(ready):
            request, size = requests[index], results[index].size
            # The model's square is as wide and as high as the picture's longer side.
            pixels_xyxy = corners[row] * float(max(size))
            # Columns beyond the request's own phrases belong to longer requests of the batch.
            asked = slice(len(request.phrases))
            found = at_least(pixels_xyxy, scores[row][:, asked], phrases[row][:, asked], request.threshold)
            results[index] = without_rivals(found, self.settings)
        return results

    def warm_up(self) -> None:
        self.detect([warm_up_request()])

    def _embed(self, phrases: list[str]) -> torch.Tensor:
        """[phrases, width] float32 of unit length. What goes beyond the text context is cut off."""
        tokens = self._tokenizer(
            phrases,
            padding="max_length",
            truncation=True,
            max_length=self._model.config.text_config.max_position_embeddings,
            return_tensors="pt",
        ).to(self._model.device)
        features = self._model.owlv2.get_text_features(**tokens).pooler_output.float()
        return features / features.norm(dim=-1, keepdim=True)


def load_owlv2(folder: Path, settings: Owlv2Settings) -> Owlv2Detector:
    """The detector of a folder that `save_pretrained` wrote."""
    model = Owlv2ForObjectDetection.from_pretrained(folder, local_files_only=True, dtype=torch.float32)
    model.eval().requires_grad_(False).to(settings.device)
    place(model.owlv2, settings)
    processor = Owlv2ImageProcessorPil.from_pretrained(folder, local_files_only=True)
    size = (processor.size["height"], processor.size["width"])
    preparation = SquarePreparation(size, processor.image_mean, processor.image_std, settings.device)
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    return Owlv2Detector(model, tokenizer, preparation, settings)
