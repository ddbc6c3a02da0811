from .recently_used import RecentlyUsed


def _kept(budget, *values):
    """Texts by their first letter; each takes its length."""
    kept = RecentlyUsed(budget, len)
    for value in values:
        kept.put(value[0], value)
    return kept


def _letters(kept):
    return [letter for letter in "abcde" if kept.get(letter) is not None]


def test_the_longest_unused_go_first():
    kept = _kept(10, "aaa", "bbb", "ccc")
    assert kept.get("a") == "aaa"
    kept.put("d", "ddd")
    assert _letters(kept) == ["a", "c", "d"]
    assert (len(kept), kept.size) == (3, 9)


def test_putting_is_using():
    kept = _kept(9, "aaa", "bbb", "ccc", "aaa", "ddd")
    assert _letters(kept) == ["a", "c", "d"]


def test_a_large_one_makes_as_much_room_as_it_needs():
    kept = _kept(10, "aa", "bb", "cc", "dd", "eeeee")
    assert _letters(kept) == ["c", "d", "e"]
    assert kept.size == 9


def test_one_larger_than_the_budget_is_not_kept_and_drives_nothing_out():
    kept = _kept(10, "a" * 10, "b" * 11)
    assert _letters(kept) == ["a"]
    assert kept.size == 10


def test_the_same_key_again_is_counted_once():
    kept = _kept(10, "a", "aaa", "aa")
    assert (len(kept), kept.size, kept.get("a")) == (1, 2, "aa")


def test_without_sizes_the_budget_is_a_number_of_values():
    kept = RecentlyUsed(2)
    for key in range(3):
        kept.put(key, "a long value")
    assert [kept.get(key) is not None for key in range(3)] == [False, True, True]
    assert kept.size == 2


def test_a_budget_of_0_keeps_nothing():
    kept = RecentlyUsed(0)
    kept.put("a", "a")
    assert (len(kept), kept.get("a")) == (0, None)
