import torch

from .cache import Embedding, EmbeddingCache
from .frame import Frame


def _embedding(floats):
    return Embedding((torch.zeros(floats), torch.zeros(0)), Frame.fitted((10, 10), 128))


def test_the_longest_unused_go_first():
    cache = EmbeddingCache(1_000)
    for key in "abc":
        cache.put(key, _embedding(80))
    assert cache.nbytes == 960
    assert cache.get("a") is not None
    cache.put("d", _embedding(80))
    assert [cache.get(key) is not None for key in "abcd"] == [True, False, True, True]
    assert cache.nbytes == 960


def test_a_large_one_makes_as_much_room_as_it_needs():
    cache = EmbeddingCache(1_000)
    for key in "abcd":
        cache.put(key, _embedding(60))
    cache.put("e", _embedding(150))
    assert [cache.get(key) is not None for key in "abcde"] == [False, False, False, True, True]
    assert cache.nbytes == 840


def test_one_larger_than_the_budget_is_not_kept_and_drives_nothing_out():
    cache = EmbeddingCache(1_000)
    cache.put("a", _embedding(250))
    cache.put("b", _embedding(251))
    assert (len(cache), cache.nbytes) == (1, 1_000)
    assert cache.get("b") is None


def test_the_same_key_again_is_counted_once():
    cache = EmbeddingCache(1_000)
    cache.put("a", _embedding(100))
    cache.put("a", _embedding(200))
    assert (len(cache), cache.nbytes) == (1, 800)


def test_half_precision_counts_half():
    assert Embedding((torch.zeros(10, dtype=torch.bfloat16),), Frame.fitted((1, 1), 8)).nbytes == 20
