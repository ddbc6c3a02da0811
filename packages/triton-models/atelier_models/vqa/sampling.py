"""Seeded sampling inside transformers' `generate`."""

import torch
from transformers import GenerationConfig, LogitsProcessor, LogitsProcessorList
from transformers.generation import (
    MinPLogitsWarper,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

# So much the best token has nearly always; in configurations a top-p below it stands for greedy (Qwen2-VL: 0.001).
_GREEDY_TOP_P = 0.01


class SeededChoice(LogitsProcessor):
    """
    Adds Gumbel noise from a generator of its own, so that the largest score is a draw from the softmax of the scores
    (Gumbel 1954; Maddison et al., "A* Sampling", 2014). Greedy decoding then samples. `generate`'s own sampling draws
    from the one generator of the process, whose numbers depend on what else runs.
    """

    def __init__(self, seed: int, device: torch.device):
        self._generator = torch.Generator(device).manual_seed(seed)

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """`scores`: [1, vocabulary] float32; -inf stays so."""
        waits = torch.empty_like(scores).exponential_(generator=self._generator)
        # Zero would win against every score.
        return scores - waits.clamp_min_(torch.finfo(waits.dtype).tiny).log_()


def sampling(config: GenerationConfig, temperature: float, seed: int, device: torch.device) -> LogitsProcessorList:
    """
    Processors that make greedy `generate` sample at `temperature` > 0, within top-k, top-p and min-p where the model's
    own generation config sets them (unlike transformers, which takes the best 50 when nothing is said). For 0: none.
    What leaves one token to choose from (top-k 1, top-p of at most 0.01, min-p 1) is how some models say that they
    answer greedily unless asked: it does not count here, where the request says which temperature it wants.
    """
    if temperature == 0:
        return LogitsProcessorList()
    warpers = [TemperatureLogitsWarper(float(temperature))]
    if config.top_k is not None and config.top_k > 1:
        warpers.append(TopKLogitsWarper(config.top_k))
    if config.top_p is not None and _GREEDY_TOP_P < config.top_p < 1:
        warpers.append(TopPLogitsWarper(config.top_p))
    if config.min_p is not None and 0 < config.min_p < 1:
        warpers.append(MinPLogitsWarper(config.min_p))
    return LogitsProcessorList([*warpers, SeededChoice(seed, device)])
