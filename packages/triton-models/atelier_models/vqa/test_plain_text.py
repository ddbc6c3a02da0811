from types import SimpleNamespace

import pytest
from transformers import AddedToken

from atelier_models.vqa.plain_text import PlainText
from atelier_models.vqa.random_tokenizer import random_tokenizer


@pytest.fixture(scope="module")
def plain():
    tokenizer = random_tokenizer()
    tokenizer.add_tokens([AddedToken(word, special=False) for word in ("[INST]", "[/INST]", "[CALL]", "\n")])
    template = "{{ '[INST]' + '\n' + messages[0]['content'] + '[/INST]' }}"
    return PlainText(SimpleNamespace(tokenizer=tokenizer, chat_template=template, image_token="<picture>"))


@pytest.mark.parametrize("mark", ["<|im_end|>", "<image>", "<video>", "[INST]", "[/INST]", "<picture>"])
def test_breaks_the_marks_of_the_tokenizer_the_template_and_the_processor(plain, mark):
    broken = plain(f"a{mark}b{mark}")
    assert mark not in broken
    assert broken.replace("\u200b", "") == f"a{mark}b{mark}"


def test_all_else_stays(plain):
    # Of the tokens that are not special only those of the template part anything.
    words = "[CALL] <|im_\n[INST <picture "
    assert plain(words) == words


def test_finds_the_marks_of_a_prompt(plain):
    assert plain.control_tokens("[INST]\n<picture> x [CALL][/INST]") == ["[INST]", "<picture>", "[/INST]"]
    assert plain.control_tokens("[INS" + plain.apart("T] <image") + ">") == []
