"""
The tokenizers of the random profile with as many entries as the published ones: the bytes, then words that stand for
nothing. A text has a token for each letter, so it is longer than with the published vocabularies.
"""

import json

from transformers import CLIPTokenizer, Qwen2Tokenizer, T5Tokenizer

from ...clip.random_weights import byte_tokenizer
from ...sd3.random_parts import t5_tokenizer
from ...vqa.random_tokenizer import END, END_OF_TEXT, IMAGE, START, VIDEO, random_tokenizer

CLIP_VOCABULARY = 49_408
T5_VOCABULARY = 32_100
QWEN_VOCABULARY = 151_643
_START, _END = "<|startoftext|>", "<|endoftext|>"


def clip_tokenizer(length: int = 77, pad_token: str = _END) -> CLIPTokenizer:
    """As CLIP's own, the start and the end have the two highest numbers."""
    letters = sorted(byte_tokenizer().get_vocab().keys() - {_START, _END})
    words = [*letters, *_words(CLIP_VOCABULARY - len(letters) - 2, "{}</w>"), _START, _END]
    vocabulary = {word: number for number, word in enumerate(words)}
    return CLIPTokenizer(vocab=vocabulary, merges=[], pad_token=pad_token, model_max_length=length)


def long_t5_tokenizer() -> T5Tokenizer:
    numbers = t5_tokenizer().get_vocab()
    known = sorted(numbers, key=numbers.__getitem__)
    pieces = [(piece, -3.0 if index > 2 else 0.0) for index, piece in enumerate(known)]
    pieces += [(word, -20.0) for word in _words(T5_VOCABULARY - len(pieces), "▁{}")]
    return T5Tokenizer(vocab=pieces, extra_ids=0, model_max_length=512)


def qwen_tokenizer() -> Qwen2Tokenizer:
    """Each number below the vocabulary's size decodes to a text, so that each token of an answer is heard of."""
    small = random_tokenizer()
    model = json.loads(small.backend_tokenizer.to_str())["model"]
    vocabulary = dict(model["vocab"])
    for word in _words(QWEN_VOCABULARY - len(vocabulary), "Ġ{}"):
        vocabulary[word] = len(vocabulary)
    merges = [tuple(merge) for merge in model["merges"]]
    tokenizer = Qwen2Tokenizer(vocabulary, merges, unk_token=None, eos_token=END, pad_token=END_OF_TEXT)
    tokenizer.add_special_tokens({"additional_special_tokens": [END_OF_TEXT, START, END, IMAGE, VIDEO]})
    return tokenizer


def _words(count: int, form: str) -> list[str]:
    return [form.format(f"word{number}") for number in range(count)]
