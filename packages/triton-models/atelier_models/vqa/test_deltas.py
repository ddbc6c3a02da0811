import random

import pytest
from tokenizers import Tokenizer, decoders, models
from transformers import PreTrainedTokenizerFast

from atelier_models.vqa.deltas import Deltas
from atelier_models.vqa.random_tokenizer import END, IMAGE, random_tokenizer

TEXTS = [
    "the cat is red",
    "그림에 고양이가 있습니다.",
    "👩‍👩‍👧‍👦🇰🇷 é ﷽ 漢字",
    "a\ufffdb \ufffd\ufffd\ufffd\ufffd\ufffd c",
    " \n\n  leading and trailing  ",
    "",
]


@pytest.fixture(scope="module")
def tokenizer():
    return random_tokenizer()


def streamed(tokenizer, tokens) -> list[str]:
    deltas = Deltas(tokenizer)
    return [*(deltas.add(token) for token in tokens), deltas.end()]


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_join_to_the_text(tokenizer, text):
    pieces = streamed(tokenizer, tokenizer.encode(text))
    assert "".join(pieces) == text
    if "\ufffd" not in text:
        assert not any("\ufffd" in piece for piece in pieces)


def test_a_character_comes_with_its_last_byte_and_a_word_at_once(tokenizer):
    tokens = tokenizer.encode("cat🙂é")
    assert len(tokens) == 7
    assert streamed(tokenizer, tokens) == ["cat", "", "", "", "🙂", "", "é", ""]


@pytest.mark.parametrize("seed", range(20))
def test_any_tokens_join_to_their_decoding(tokenizer, seed):
    numbers = random.Random(seed)
    # Bytes of more than one character, cut anywhere, among words and special tokens.
    tokens = [
        numbers.randrange(len(tokenizer)) if numbers.random() < 0.7 else numbers.randrange(256) for _ in range(300)
    ]
    assert "".join(streamed(tokenizer, tokens)) == tokenizer.decode(tokens, skip_special_tokens=True)


def test_what_ends_within_a_character_ends_with_its_sign(tokenizer):
    tokens = tokenizer.encode("a🙂")[:-1]
    assert streamed(tokenizer, tokens) == ["a", "", "", "", "\ufffd"]


def test_special_tokens_are_no_text(tokenizer):
    tokens = tokenizer.convert_tokens_to_ids(["cat", IMAGE, "dog", END])
    assert streamed(tokenizer, tokens) == ["cat", "", "dog", "", ""]


def test_a_long_answer_is_not_decoded_again_and_again(tokenizer):
    longest = 0

    class Watched:
        def decode(self, tokens, **options):
            nonlocal longest
            longest = max(longest, len(tokens))
            return tokenizer.decode(tokens, **options)

    text = "the cat is 그림 🙂 " * 100
    assert "".join(streamed(Watched(), tokenizer.encode(text))) == text
    assert longest < 60


def test_a_tokenizer_of_words_and_single_bytes():
    """As SentencePiece with byte fallback (Llama): a space is part of the word, the first one is not text."""
    words = ["▁the", "▁cat", "s", "▁", "é"]
    vocabulary = {token: number for number, token in enumerate([*words, *(f"<0x{byte:02X}>" for byte in range(256))])}
    plain = Tokenizer(models.BPE(vocab=vocabulary, merges=[], byte_fallback=True))
    plain.decoder = decoders.Sequence(
        [
            decoders.Replace("▁", " "),
            decoders.ByteFallback(),
            decoders.Fuse(),
            decoders.Strip(content=" ", left=1, right=0),
        ]
    )
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=plain)
    smile = [vocabulary[f"<0x{byte:02X}>"] for byte in "한🙂".encode()]
    tokens = [*(vocabulary[word] for word in ["▁the", "▁cat", "s", "▁", "é"]), *smile, vocabulary["▁cat"]] * 12
    pieces = streamed(tokenizer, tokens)
    assert "".join(pieces) == tokenizer.decode(tokens)
    assert pieces[:3] == ["the", " cat", "s"]
