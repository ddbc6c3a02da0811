"""The moving average of weights, with which a painter paints better than with the last ones."""

import torch


class Average:
    """decay: how much of the average stays a step; less at the beginning."""

    def __init__(self, modules: dict[str, torch.nn.Module], decay: float):
        self._live = [parameter for module in modules.values() for parameter in module.parameters()]
        self._kept = [parameter.detach().clone() for parameter in self._live]
        self._decay, self._steps = decay, 0

    @torch.no_grad()
    def update(self) -> None:
        self._steps += 1
        decay = min(self._decay, (1 + self._steps) / (10 + self._steps))
        torch._foreach_lerp_(self._kept, [parameter.detach() for parameter in self._live], 1 - decay)

    @torch.no_grad()
    def exchange(self) -> None:
        """The average and the live weights change places; once more puts them back."""
        for kept, parameter in zip(self._kept, self._live, strict=True):
            other = parameter.detach().clone()
            parameter.copy_(kept)
            kept.copy_(other)

    def state_dict(self) -> dict:
        return {"kept": self._kept, "steps": self._steps}

    def load_state_dict(self, state: dict) -> None:
        self._steps = state["steps"]
        for kept, value in zip(self._kept, state["kept"], strict=True):
            kept.copy_(value)
