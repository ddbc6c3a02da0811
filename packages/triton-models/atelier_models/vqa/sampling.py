"""Seeded sampling inside transformers' `generate`."""

import torch
from transformers import GenerationConfig, LogitsProcessor, LogitsProcessorList
from transformers.generation import (
    MinPLogitsWarper,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)


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
    """
    if temperature == 0:
        return LogitsProcessorList()
    warpers = [TemperatureLogitsWarper(float(temperature))]
    if config.top_k:
        warpers.append(TopKLogitsWarper(config.top_k))
    if config.top_p is not None and config.top_p < 1:
        warpers.append(TopPLogitsWarper(config.top_p))
    if config.min_p is not None:
        warpers.append(MinPLogitsWarper(config.min_p))
    return LogitsProcessorList([*warpers, SeededChoice(seed, device)])
