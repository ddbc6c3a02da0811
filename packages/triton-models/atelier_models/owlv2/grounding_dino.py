"""Grounding DINO (Liu et al.: Marrying DINO with Grounded Pre-Training for Open-Set Object Detection, 2023)."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy
import torch
from PIL import Image
from torch.nn.functional import pad
from torch.nn.utils.rnn import pad_sequence
from transformers import (
    AutoTokenizer,
    GroundingDinoForObjectDetection,
    GroundingDinoImageProcessorPil,
    PreTrainedTokenizerBase,
)

from ..errors import SettingsError
from ..precision import torch_dtype
from ..settings import Owlv2Settings
from .candidates import at_least, best_phrases, join, without_rivals
from .corners import corners_of
from .prepare import PicturePool, Prepared, warm_up_request
from .prompts import Prompt, marks_of, prompts_of
from .request import DetectionRequest, Detections

# Texts with their pictures that are run together; also a bound on memory.
_AT_ONCE = 8
# The finest features have this many pixels to a side (all published weights).
_STRIDE = 8


class Pass(NamedTuple):
    """One run of the model for one request: its picture with some of its phrases. request: place in the batch."""

    request: int
    picture: Prepared
    prompt: Prompt


class GroundingDinoDetector:
    """A `Detector`; a list of phrases that does not fit into one text of the model is split over several."""

    def __init__(
        self,
        model: GroundingDinoForObjectDetection,
        tokenizer: PreTrainedTokenizerBase,
        processor: GroundingDinoImageProcessorPil,
        settings: Owlv2Settings,
    ):
        """model: on the device, in fp32."""
        self.settings = settings
        self._model = model
        self._tokenizer = tokenizer
        self._marks = marks_of(tokenizer)
        self._processor = processor
        self._pictures = PicturePool(self._prepare, settings.picture_limits)

    @torch.inference_mode()
    def detect(self, requests: Sequence[DetectionRequest]) -> list[Detections | Exception]:
        """See `Detector.detect`."""
        results: list = self._pictures.prepare(requests)
        found: dict[int, list[Detections]] = defaultdict(list)
        # Only pictures of one size share a run: the model sees padding, and an answer must not depend on its company.
        by_size: dict[torch.Size, list[Pass]] = defaultdict(list)
        for index, result in enumerate(results):
            if not isinstance(result, Exception):
                prompts = self._prompts(requests[index].phrases)
                by_size[result.pixels.shape] += [Pass(index, result, prompt) for prompt in prompts]
        for passes in by_size.values():
            for first in range(0, len(passes), _AT_ONCE):
                some = passes[first : first + _AT_ONCE]
                for one, detections in zip(some, self._run(some, requests), strict=True):
                    found[one.request].append(detections)
        return [
            result if isinstance(result, Exception) else without_rivals(join(found[index]), self.settings)
            for index, result in enumerate(results)
        ]

    def warm_up(self) -> None:
        self.detect([warm_up_request()])

    def _prompts(self, phrases: Sequence[str]) -> list[Prompt]:
        # Lower case, as in the library's own processor.
        words = self._tokenizer([phrase.lower() for phrase in phrases], add_special_tokens=False)["input_ids"]
        return prompts_of(words, self._marks, self._model.config.max_text_len)

    def _prepare(self, picture: Image.Image) -> torch.Tensor:
        """float32 [4, height, width] on the device: the picture, and 1 where it is and 0 where it was padded."""
        prepared = self._processor(picture, return_tensors="pt")
        pixels = torch.cat([prepared["pixel_values"][0], prepared["pixel_mask"].float()])
        return pad(pixels, self._padding(*pixels.shape[1:])).to(self._model.device)

    def _padding(self, height: int, width: int) -> tuple[int, int, int, int]:
        """Left, right, top, bottom. The model picks `num_queries` places of its features: a strip has too few."""
        columns, rows = -(-width // _STRIDE), -(-height // _STRIDE)
        most = self._model.config.num_queries
        if columns * rows >= most:
            return (0, 0, 0, 0)
        if width > height:
            return (0, 0, 0, -(-most // columns) * _STRIDE - height)
        return (0, -(-most // rows) * _STRIDE - width, 0, 0)

    def _run(self, passes: Sequence[Pass], requests: Sequence[DetectionRequest]) -> list[Detections]:
        device = self._model.device
        pixels = torch.stack([one.picture.pixels for one in passes])
        tokens = pad_sequence([torch.tensor(one.prompt.tokens) for one in passes], batch_first=True).to(device)
        owners = pad_sequence(
            [torch.tensor(one.prompt.phrases) for one in passes], batch_first=True, padding_value=-1
        ).to(device)
        logits, boxes = self._forward(pixels, tokens)
        most = max(len(requests[one.request].phrases) for one in passes)
        scores, phrases = best_phrases(
            torch.sigmoid(best_of_tokens(logits[..., : tokens.shape[1]], owners, most)), self.settings.nms
        )
        corners = corners_of(boxes.float()).cpu().numpy()
        return [
            self._above(one, requests[one.request], corners[row], scores[row], phrases[row])
            for row, one in enumerate(passes)
        ]

    def _above(
        self,
        one: Pass,
        request: DetectionRequest,
        corners: numpy.ndarray,
        scores: numpy.ndarray,
        phrases: numpy.ndarray,
    ) -> Detections:
        """What the pass found. corners: [queries, 4], parts of the picture; scores, phrases: [queries, k]."""
        width, height = one.picture.size
        asked = sorted({owner for owner in one.prompt.phrases if owner >= 0})
        # The others have no score in this pass; there is one column alone where each box has its best phrase.
        columns = asked if self.settings.nms == "per-phrase" else [0]
        pixels_xyxy = corners * numpy.array([width, height, width, height], numpy.float32)
        return at_least(pixels_xyxy, scores[:, columns], phrases[:, columns], request.threshold)

    def _forward(self, pixels: torch.Tensor, tokens: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """(logits [batch, queries, text], boxes [batch, queries, 4]). pixels: with the mask as the fourth channel."""
        dtype = torch_dtype(self.settings)
        # The class mixes types in places, so that its weights stay in fp32 and autocast picks the operations.
        with torch.autocast(self._model.device.type, dtype=dtype, enabled=dtype != torch.float32):
            output = self._model(
                pixel_values=pixels[:, :3].contiguous(),
                pixel_mask=pixels[:, 3].long(),
                input_ids=tokens,
                attention_mask=(tokens != self._tokenizer.pad_token_id).long(),
            )
        return output.logits.float(), output.pred_boxes


def best_of_tokens(logits: torch.Tensor, owners: torch.Tensor, phrases: int) -> torch.Tensor:
    """
    [batch, queries, phrases], the highest logit of each phrase's tokens, -inf for phrases that are not in the text.
    logits: [batch, queries, tokens]; owners: [batch, tokens], the phrase of each token, -1 for none.
    """
    # The last column gathers the tokens of no phrase.
    columns = torch.where(owners < 0, phrases, owners)[:, None].expand_as(logits)
    best = logits.new_full((*logits.shape[:2], phrases + 1), -torch.inf)
    return best.scatter_reduce(-1, columns, logits, "amax")[..., :phrases]


def load_grounding_dino(folder: Path, settings: Owlv2Settings) -> GroundingDinoDetector:
    """The detector of a folder that `save_pretrained` wrote. Raises `SettingsError`."""
    if settings.precision in ("int8", "int4") or settings.compile:
        raise SettingsError("owlv2: Grounding DINO runs in fp32, bf16 or fp16, not compiled.")
    model = GroundingDinoForObjectDetection.from_pretrained(folder, local_files_only=True, dtype=torch.float32)
    model.eval().requires_grad_(False).to(settings.device)
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    processor = GroundingDinoImageProcessorPil.from_pretrained(folder, local_files_only=True)
    return GroundingDinoDetector(model, tokenizer, processor, settings)
