import pytest

from ..blockworld import COLOURS, SHAPES, SIZES, Query
from .tokenizer import CONTEXT


@pytest.mark.parametrize("form", ["bare", "a", "the", "plural"])
def test_each_word_is_one_token(tokenizer, form):
    for shape in SHAPES:
        for colour in COLOURS:
            for size in SIZES:
                text = Query(shape, colour, size).text(form)
                assert len(tokenizer(text)["input_ids"]) == 2 + len(text.split())


def test_any_other_text_is_read_letter_by_letter(tokenizer):
    text = "zebra — 얼룩말"
    tokens = tokenizer(text, truncation=False)["input_ids"]
    assert tokenizer.decode(tokens, skip_special_tokens=True).replace(" ", "") == text.replace(" ", "")
    assert len(tokenizer(text, truncation=True)["input_ids"]) == CONTEXT


def test_the_end_has_the_highest_number_and_padding_the_lowest(tokenizer):
    assert (tokenizer.eos_token_id, tokenizer.pad_token_id) == (len(tokenizer) - 1, 0)
