import json

import pytest

from atelier_models.errors import BadInputError
from atelier_models.vqa.messages import Message, read_messages

USER = {"role": "user", "content": "why?"}
TEXT = {"type": "text", "text": "what?"}


def user(*parts):
    return {"role": "user", "content": list(parts)}


def image(index=0):
    return {"type": "image", "index": index}


def test_reads_roles_texts_and_pictures_in_their_order():
    chat = [
        {"role": "system", "content": "Be brief."},
        user(image(1), TEXT, image(0)),
        {"role": "assistant", "content": [{"type": "text", "text": "한국어 🙂"}]},
        user(TEXT, image(1)),
    ]
    assert read_messages(json.dumps(chat), 2) == (
        Message("system", ("Be brief.",)),
        Message("user", (1, "what?", 0)),
        Message("assistant", ("한국어 🙂",)),
        Message("user", ("what?", 1)),
    )


@pytest.mark.parametrize(
    ("chat", "pictures", "words"),
    [
        ([], 0, "at least one message"),
        ({}, 0, "list of at least one"),
        ("hello", 0, "list of at least one"),
        (None, 0, "list of at least one"),
        ([USER, 3], 0, "MESSAGES 1 must be an object"),
        ([{"content": "x"}], 0, "role of MESSAGES 0"),
        ([{"role": "tool", "content": "x"}], 0, "role of MESSAGES 0"),
        ([{"role": ["user"], "content": "x"}], 0, "role of MESSAGES 0"),
        ([{"role": "user"}], 0, "content of MESSAGES 0"),
        ([{"role": "user", "content": 5}], 0, "content of MESSAGES 0"),
        ([user("what?")], 0, "type of MESSAGES 0, part 0"),
        ([user({"type": "video", "index": 0})], 0, "type of MESSAGES 0, part 0"),
        ([user({"type": ["text"]})], 0, "type of MESSAGES 0, part 0"),
        ([user(TEXT, {"type": "text", "text": 1})], 0, "text of MESSAGES 0, part 1"),
        ([user(TEXT, image(1))], 1, "index of MESSAGES 0, part 1"),
        ([user(TEXT, image(-1))], 1, "index of MESSAGES 0, part 1"),
        ([user(TEXT, image(True))], 2, "index of MESSAGES 0, part 1"),
        ([user(TEXT, image(0.0))], 1, "index of MESSAGES 0, part 1"),
        ([user(TEXT, image("0"))], 1, "index of MESSAGES 0, part 1"),
        ([user(TEXT, {"type": "image"})], 1, "index of MESSAGES 0, part 1"),
        ([user(TEXT, image(0))], 0, "one of the 0 IMAGES"),
        ([{"role": "assistant", "content": [image(0)]}, USER], 1, "only a message of the user's"),
        ([{"role": "system", "content": [image(0)]}, USER], 1, "only a message of the user's"),
        ([user(TEXT, image(0))], 2, "does not to 1"),
        ([USER, {"role": "assistant", "content": "x"}], 0, "must be the user's, not the assistant's"),
        ([{"role": "user", "content": " \n"}], 0, "is empty"),
        ([user()], 0, "is empty"),
    ],
)
def test_says_what_is_wrong(chat, pictures, words):
    with pytest.raises(BadInputError, match=words):
        read_messages(json.dumps(chat), pictures)


@pytest.mark.parametrize("text", ["", "{", "hello", "[1" + "0" * 5000 + "]", "\x00"])
def test_text_that_is_no_json(text):
    with pytest.raises(BadInputError, match=r"not JSON|object with role"):
        read_messages(text, 0)


def test_json_nested_without_end():
    with pytest.raises(BadInputError, match="nested too deeply"):
        read_messages("[" * 100_000, 0)


def test_half_of_a_surrogate_pair_is_no_text():
    with pytest.raises(BadInputError, match="surrogate"):
        read_messages(r'[{"role": "user", "content": "\ud83d"}]', 0)


def test_a_picture_alone_is_a_question():
    assert read_messages(json.dumps([user(image(0))]), 1) == (Message("user", (0,)),)
