from .prompts import Marks, prompts_of

_MARKS = Marks(start=101, end=102, stop=1012, question=1029)


def test_phrases_are_ended_by_full_stops():
    (prompt,) = prompts_of([[5, 6], [7]], _MARKS, 20)
    assert prompt.tokens == (101, 5, 6, 1012, 7, 1012, 102)
    assert prompt.phrases == (-1, 0, 0, -1, 1, -1, -1)


def test_a_list_that_is_too_long_is_split():
    prompts = prompts_of([[1, 2], [3], [4, 5], [6]], _MARKS, 7)
    assert [prompt.tokens for prompt in prompts] == [(101, 1, 2, 1012, 3, 1012, 102), (101, 4, 5, 1012, 6, 1012, 102)]
    assert [prompt.phrases for prompt in prompts] == [(-1, 0, 0, -1, 1, -1, -1), (-1, 2, 2, -1, 3, -1, -1)]


def test_a_phrase_that_is_too_long_alone_is_cut():
    prompts = prompts_of([[9], list(range(1, 30)), [9]], _MARKS, 7)
    assert [prompt.tokens for prompt in prompts] == [
        (101, 9, 1012, 102),
        (101, 1, 2, 3, 4, 1012, 102),
        (101, 9, 1012, 102),
    ]


def test_marks_inside_a_phrase_do_not_end_it():
    (prompt,) = prompts_of([[1012], [5, 1012, 6, 1029]], _MARKS, 20)
    assert prompt.tokens == (101, 5, 6, 1012, 102)
    assert prompt.phrases == (-1, 1, 1, -1, -1)
    assert prompts_of([[1012]], _MARKS, 20) == []
