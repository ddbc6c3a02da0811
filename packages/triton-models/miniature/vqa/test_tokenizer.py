from transformers import AutoTokenizer

from miniature.vqa.tokenizer import train_tokenizer


def test_words_are_whole_and_other_text_is_read_by_bytes():
    tokenizer = train_tokenizer(["How many red balls are there?", "red"])
    assert tokenizer.tokenize("How many red balls are there?") == [
        "How",
        "Ġmany",
        "Ġred",
        "Ġballs",
        "Ġare",
        "Ġthere",
        "?",
    ]
    assert tokenizer.decode(tokenizer("빨간 공 🙂 red").input_ids) == "빨간 공 🙂 red"


def test_the_same_words_make_the_same_tokenizer(tmp_path):
    one, other = train_tokenizer(["a red ball", "a cube"]), train_tokenizer(["a cube, a cube", "a red ball"][::-1])
    assert set(one.get_vocab()) <= set(other.get_vocab())
    one.save_pretrained(tmp_path)
    assert AutoTokenizer.from_pretrained(tmp_path).get_vocab() == one.get_vocab()
