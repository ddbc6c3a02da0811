"""What moves the weights, and how fast at which step."""

import torch

from ..training.optimisers import muon_and_adam
from .learner import Learner

_MUON_RATE, _ADAM_RATE, _BIAS_RATE = 2e-3, 1.5e-3, 1e-2
_WARM_UP = 200
# Part of the steps in which rates fall.
_FALLING = 0.3
RATES = {
    "muon_rate": _MUON_RATE,
    "adam_rate": _ADAM_RATE,
    "bias_rate": _BIAS_RATE,
    "warm_up_steps": _WARM_UP,
    "falling_for_last": _FALLING,
}


def optimisers_of(learner: Learner) -> list[torch.optim.Optimizer]:
    """The logits' scale and shift have far to go."""
    head = learner.model.class_head
    biases = [head.logit_scale.bias, head.logit_shift.bias]
    return muon_and_adam(learner, ["encoder.layers"], _MUON_RATE, _ADAM_RATE, apart=[(biases, _BIAS_RATE)])


def schedulers_of(optimisers: list[torch.optim.Optimizer], steps: int) -> list[torch.optim.lr_scheduler.LRScheduler]:
    """Up in a straight line, long at the top, at last down to nothing: till then no step depends on their number."""
    falling = _FALLING * steps

    def share(step: int) -> float:
        return min((step + 1) / _WARM_UP, (steps - step) / falling, 1)

    return [torch.optim.lr_scheduler.LambdaLR(optimiser, share) for optimiser in optimisers]
