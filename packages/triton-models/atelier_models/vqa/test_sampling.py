import pytest
import torch
from transformers import GenerationConfig

from atelier_models.vqa.sampling import SeededChoice, sampling

CPU = torch.device("cpu")
# Seven words; one of them is forbidden.
SCORES = torch.tensor([[2.0, 1.5, 1.0, 0.0, -1.0, float("-inf"), 0.5]])


def drawn(processors, draws: int) -> torch.Tensor:
    """Frequencies [7] of what greedy decoding takes."""
    taken = [int(processors(None, SCORES.clone()).argmax()) for _ in range(draws)]
    return torch.bincount(torch.tensor(taken), minlength=7) / draws


def far(seen: torch.Tensor, wanted: torch.Tensor, draws: int) -> float:
    """Pearson's chi-square over its degrees of freedom: about 1 for draws from `wanted`."""
    possible = wanted > 0
    assert (seen[~possible] == 0).all()
    parts = (seen - wanted)[possible].square() / wanted[possible] * draws
    return float(parts.sum() / (possible.sum() - 1))


@pytest.mark.parametrize("temperature", [0.4, 1.0, 2.0])
def test_draws_from_the_softmax_at_the_temperature(temperature):
    seen = drawn(sampling(GenerationConfig(), temperature, 1, CPU), 4000)
    assert far(seen, (SCORES[0] / temperature).softmax(0), 4000) < 3.5
    # The test can tell a neighbouring temperature from the right one.
    assert far(seen, (SCORES[0] / (temperature * 1.3)).softmax(0), 4000) > 3.5


@pytest.mark.parametrize(
    ("config", "left"),
    [
        (GenerationConfig(top_k=2), [0, 1]),
        (GenerationConfig(top_p=0.7), [0, 1, 2]),
        (GenerationConfig(min_p=0.3), [0, 1, 2]),
        (GenerationConfig(), [0, 1, 2, 3, 4, 6]),
    ],
)
def test_keeps_within_what_the_model_says(config, left):
    wanted = torch.full((7,), float("-inf"))
    wanted[left] = SCORES[0, left]
    assert far(drawn(sampling(config, 1.0, 2, CPU), 2500), wanted.softmax(0), 2500) < 3.5


@pytest.mark.parametrize(
    "config",
    [
        # As Qwen2-VL-Instruct and Qwen2.5-VL-Instruct have it.
        GenerationConfig(top_k=1, top_p=0.001, temperature=0.01),
        GenerationConfig(top_p=0.001, temperature=0.1),
        GenerationConfig(top_p=0.01),
        GenerationConfig(min_p=1.0),
    ],
)
def test_a_model_that_says_greedy_samples_when_asked_to(config):
    assert far(drawn(sampling(config, 1.0, 3, CPU), 2500), SCORES[0].softmax(0), 2500) < 3.5
    first = [int(sampling(config, 1.0, seed, CPU)(None, SCORES.clone()).argmax()) for seed in range(12)]
    assert len(set(first)) > 1


@pytest.mark.parametrize(
    ("config", "temperature", "left"),
    [
        # Of the scores over the temperature the first two have 0.55 at 2, 0.99 at 0.25 (0.66 at 1).
        (GenerationConfig(top_p=0.6), 2.0, [0, 1, 2]),
        (GenerationConfig(top_p=0.95), 0.25, [0, 1]),
        (GenerationConfig(min_p=0.3), 2.0, [0, 1, 2, 3, 6]),
    ],
)
def test_top_p_and_min_p_look_at_the_scores_at_the_temperature(config, temperature, left):
    seen = drawn(sampling(config, temperature, 4, CPU), 1000)
    assert seen.nonzero().flatten().tolist() == left


def test_a_seed_is_a_sequence_of_its_own_whatever_else_draws():
    one, same, other = (SeededChoice(seed, CPU) for seed in (7, 7, 8))
    scores = torch.zeros(1, 50)
    first = []
    for _ in range(20):
        first.append(one(None, scores))
        torch.rand(3)
        other(None, scores)
    again = [same(None, scores) for _ in range(20)]
    assert all(torch.equal(left, right) for left, right in zip(first, again, strict=True))
    assert not torch.equal(SeededChoice(8, CPU)(None, scores), first[0])


def test_does_not_touch_the_generator_of_the_process():
    before = torch.random.get_rng_state()
    SeededChoice(7, CPU)(None, torch.zeros(1, 50))
    assert torch.equal(torch.random.get_rng_state(), before)


def test_zero_is_greedy():
    assert len(sampling(GenerationConfig(top_k=5), 0.0, 1, CPU)) == 0
