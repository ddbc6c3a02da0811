"""From texts to the tensors that a text tower reads."""

from collections.abc import Sequence

import torch


class Tokens:
    """
    What is longer than `length` tokens is cut by the tokenizer, which keeps the end mark.

    `padded`: always to `length`, with which SigLIP was trained. CLIP reads at its end mark and looks only backwards, so
    that padding to the longest text of the batch does not change it. Neither needs a mask.
    """

    def __init__(self, tokenizer, length: int, padded: bool, device: str):
        self._tokenizer, self._length, self._device = tokenizer, length, device
        self._padding = "max_length" if padded else "longest"

    def __call__(self, texts: Sequence[str]) -> dict[str, torch.Tensor]:
        """input_ids [n, length] int64."""
        tokens = self._tokenizer(
            list(texts), padding=self._padding, truncation=True, max_length=self._length, return_tensors="pt"
        )
        return {"input_ids": tokens["input_ids"].to(self._device)}
