"""What moves the weights, and how fast at which step."""

import torch

from .learner import Learner

_MUON_RATE, _ADAM_RATE, _BIAS_RATE = 2e-3, 1.5e-3, 1e-2
_WARM_UP = 200
# Part of the steps in which rates fall.
FALLING = 0.3


def optimisers_of(learner: Learner) -> list[torch.optim.Optimizer]:
    """Muon for the matrices between layers, Adam for all else; the logits' scale and shift have far to go."""
    head = learner.model.class_head
    biases = [head.logit_scale.bias, head.logit_shift.bias]
    inner = [
        parameter
        for name, parameter in learner.model.owlv2.named_parameters()
        if parameter.ndim == 2 and "encoder.layers" in name
    ]
    apart = {id(parameter) for parameter in (*biases, *inner)}
    others = [parameter for parameter in learner.parameters() if id(parameter) not in apart]
    return [
        torch.optim.Muon(inner, lr=_MUON_RATE, weight_decay=0.05, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(
            [{"params": others, "lr": _ADAM_RATE}, {"params": biases, "lr": _BIAS_RATE}],
            betas=(0.9, 0.98),
            weight_decay=0.01,
        ),
    ]


def schedulers_of(optimisers: list[torch.optim.Optimizer], steps: int) -> list[torch.optim.lr_scheduler.LRScheduler]:
    """Up in a straight line, long at the top, at last down to nothing: till then no step depends on their number."""
    falling = FALLING * steps

    def share(step: int) -> float:
        return min((step + 1) / _WARM_UP, (steps - step) / falling, 1)

    return [torch.optim.lr_scheduler.LambdaLR(optimiser, share) for optimiser in optimisers]
