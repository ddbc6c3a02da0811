"""What moves the weights of most miniatures."""

from collections.abc import Sequence

from torch import nn, optim

Group = tuple[Sequence[nn.Parameter], float]


def muon_and_adam(
    learner: nn.Module,
    layers: Sequence[str],
    muon_rate: float,
    adam_rate: float,
    muon_decay: float = 0.05,
    apart: Sequence[Group] = (),
) -> list[optim.Optimizer]:
    """
    Muon for the matrices between layers, Adam for all else.

    layers: what the names of parameters in layers hold, one or the other. apart: parameters that Adam moves at rates of
    their own.
    """
    inner = [
        parameter
        for name, parameter in learner.named_parameters()
        if parameter.ndim == 2 and any(part in name for part in layers)
    ]
    taken = {id(parameter) for parameters in (inner, *(group for group, _ in apart)) for parameter in parameters}
    others = [parameter for parameter in learner.parameters() if id(parameter) not in taken]
    groups = [{"params": list(parameters), "lr": rate} for parameters, rate in ((others, adam_rate), *apart)]
    return [
        optim.Muon(inner, lr=muon_rate, weight_decay=muon_decay, adjust_lr_fn="match_rms_adamw"),
        optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01),
    ]
