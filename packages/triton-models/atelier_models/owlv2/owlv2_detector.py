"""The detector that OWLv2 makes."""

from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import AutoTokenizer, Owlv2ForObjectDetection, Owlv2ImageProcessorPil, PreTrainedTokenizerBase

from ..settings import Owlv2Settings
from .candidates import at_least, best_phrases, without_rivals
from .corners import corners_of
from .known_pictures import KnownPictures
from .phrases import PhraseEmbeddings
from .prepare import PicturePool, warm_up_request
from .request import DetectionRequest, Detections
from .square import SquarePreparation
from .towers import PhraseTower, PictureScorer, placed_towers


class Owlv2Detector:
    """
    A `Detector` whose image tower runs once for the new pictures of a batch, however many phrases each request has, and
    not at all for those that it knows.
    """

    def __init__(
        self,
        towers: tuple[PictureScorer, PhraseTower],
        tokenizer: PreTrainedTokenizerBase,
        preparation: SquarePreparation,
        settings: Owlv2Settings,
    ):
        """tokenizer: its `model_max_length` is the length of the text context."""
        self.settings = settings
        self.phrases = PhraseEmbeddings(self._embed, settings.phrase_cache)
        self.scorer, self._phrase_tower = towers
        self._tokenizer = tokenizer
        self._pool = PicturePool(preparation, settings.picture_limits)
        self.pictures = self._known_pictures(settings.cache_bytes)

    @torch.inference_mode()
    def detect(self, requests: Sequence[DetectionRequest]) -> list[Detections | Exception]:
        """See `Detector.detect`."""
        results: list = self.pictures.of(requests)
        ready = [index for index, result in enumerate(results) if not isinstance(result, Exception)]
        if not ready:
            return results
        features = torch.stack([results[index].features for index in ready])
        queries, mask = self.phrases.batch([requests[index].phrases for index in ready])
        boxes, logits = self.scorer.score(features, queries, mask)
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
        """
        With `compile`, as many batch sizes as it takes until no further one compiles anything. Leaves no picture in the
        cache, and finds none there: each has to go through the tower.
        """
        kept, self.pictures = self.pictures, self._known_pictures(0)
        for batch in (1, 2, 3) if self.settings.compile else (1,):
            self.detect([warm_up_request(grey) for grey in range(batch)])
        self.pictures = kept

    def _known_pictures(self, budget: int) -> KnownPictures:
        return KnownPictures(self._pool, self.scorer.features, budget)

    def _embed(self, phrases: list[str]) -> torch.Tensor:
        """[phrases, width] float32 of unit length. What goes beyond the text context is cut off."""
        tokens = self._tokenizer(phrases, padding="max_length", truncation=True, return_tensors="pt")
        device = self.settings.device
        return self._phrase_tower(tokens["input_ids"].to(device), tokens["attention_mask"].to(device))


def load_owlv2(folder: Path, settings: Owlv2Settings) -> Owlv2Detector:
    """The detector of a folder that `save_pretrained` wrote. Raises `SettingsError`."""
    model = Owlv2ForObjectDetection.from_pretrained(folder, local_files_only=True, dtype=torch.float32)
    processor = Owlv2ImageProcessorPil.from_pretrained(folder, local_files_only=True)
    size = (processor.size["height"], processor.size["width"])
    preparation = SquarePreparation(size, processor.image_mean, processor.image_std, settings.device)
    context = model.config.text_config.max_position_embeddings
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, model_max_length=context)
    return Owlv2Detector(placed_towers(model, settings), tokenizer, preparation, settings)
