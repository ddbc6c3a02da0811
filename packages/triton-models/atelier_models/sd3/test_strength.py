import math
from fractions import Fraction

import pytest
from diffusers import StableDiffusion3InpaintPipeline, StableDiffusionInpaintPipeline, StableDiffusionXLInpaintPipeline

from .strength import strength_rounding_down, strength_rounding_up

CASES = [
    ("sd3", StableDiffusion3InpaintPipeline, strength_rounding_up, math.ceil),
    ("xl-inpaint", StableDiffusionXLInpaintPipeline, strength_rounding_down, math.floor),
    ("sd-inpaint", StableDiffusionInpaintPipeline, strength_rounding_down, math.floor),
]


@pytest.mark.parametrize(("name", "pipeline_class", "argument", "rounded"), CASES)
def test_the_pipeline_runs_the_exact_number_of_steps(weights, name, pipeline_class, argument, rounded):
    pipeline = pipeline_class.from_pretrained(weights(name), local_files_only=True)
    for steps in (1, 2, 3, 7, 10, 20, 28, 49, 50, 100, 200):
        pipeline.scheduler.set_timesteps(steps)
        for percent in range(101):
            strength = argument(percent / 100, steps)
            expected = max(1, rounded(Fraction(percent, 100) * steps))
            timesteps, count = pipeline.get_timesteps(steps, strength, "cpu")
            assert (len(timesteps), count) == (expected, expected), (steps, percent)


def test_strength_one_begins_with_pure_noise():
    assert strength_rounding_up(1, 20) == strength_rounding_down(1, 20) == 1
    assert strength_rounding_up(0.999999, 20) < 1
    assert strength_rounding_down(0.999999, 20) < 1
