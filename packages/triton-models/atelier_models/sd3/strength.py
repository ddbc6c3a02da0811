"""
How many steps a strength means. SD3's pipeline runs ceil(steps * strength) of the steps, those of SD and SDXL
floor(steps * strength); all of them on products of floats (20 * 0.55 = 11.000000000000002 would be 12 steps with SD3),
and all of them fail where that is none. Here the product is exact for a strength of six decimals, and at least one
step is run.
"""

# Times the steps it stays below the sixth decimal, and far above the rounding errors of floats.
_NUDGE = 1e-9


def strength_rounding_up(strength: float, steps: int) -> float:
    """For pipelines that run ceil(steps * strength) steps. 1 stays 1: it means to begin with pure noise."""
    return 1.0 if strength == 1 else max(strength, 1 / steps) - _NUDGE


def strength_rounding_down(strength: float, steps: int) -> float:
    """For pipelines that run floor(steps * strength) steps."""
    return min(1.0, max(strength, 1 / steps) + _NUDGE)
