"""
PowerPaint V1 (Zhuang et al. 2023, arXiv:2312.03594): SD 1.5 inpainting whose text encoder learned what to do as words.
Each task is ten tokens (`P_obj_0` to `P_obj_9`) after the words of the prompt:

- P_obj in both prompts: what the words say is painted;
- P_ctxt against P_obj in the negative prompt: the surroundings are continued, so that what was there is gone. This is
  what an empty prompt asks for.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from transformers import CLIPTokenizer

from ...errors import BadInputError
from ..request import PaintRequest
from .stable_diffusion import StableDiffusion

_TOKENS_OF_A_TASK = 10
_PAINT = "P_obj"
_CONTINUE = "P_ctxt"


class PowerPaint(StableDiffusion):
    @classmethod
    def matches(cls, folder: Path) -> bool:
        """The class of the pipeline is plain SD's: only the tokenizer tells."""
        if not super().matches(folder):
            return False
        known = CLIPTokenizer.from_pretrained(folder / "tokenizer", local_files_only=True).get_vocab()
        return all(token in known for task in (_PAINT, _CONTINUE) for token in _task_tokens(task))

    def check(self, request: PaintRequest) -> None:
        """An empty prompt is taken: it removes."""
        if request.image is None:
            raise BadInputError("This model only paints into pictures; send IMAGE and MASK.")

    def _prompts(self, request: PaintRequest) -> Mapping[str, Any]:
        words = request.prompt.strip()
        return {
            "prompt_embeds": self._embed(words, _PAINT if words else _CONTINUE),
            "negative_prompt_embeds": self._embed(request.negative_prompt.strip(), _PAINT),
        }

    def _embed(self, words: str, task: str) -> torch.Tensor:
        """
        [1, 77, d] embeddings of the words and the task's tokens. Words that are too many are cut, not the task, which
        the pipeline's own way from text to embeddings would lose.
        """
        tokenizer, encoder = self._inpainting.tokenizer, self._inpainting.text_encoder
        most = tokenizer.model_max_length
        room = most - _TOKENS_OF_A_TASK - 2
        ids = tokenizer(words, add_special_tokens=False, truncation=True, max_length=room).input_ids
        task_ids = tokenizer.convert_tokens_to_ids(_task_tokens(task))
        ids = [tokenizer.bos_token_id, *ids, *task_ids, tokenizer.eos_token_id]
        ids += [tokenizer.pad_token_id] * (most - len(ids))
        return encoder(torch.tensor([ids], device=encoder.device))[0]


def _task_tokens(task: str) -> list[str]:
    return [f"{task}_{index}" for index in range(_TOKENS_OF_A_TASK)]
