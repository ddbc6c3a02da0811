"""Tokenizers of the production classes in which each word of the prompts is one token."""

from transformers import CLIPTokenizer, T5Tokenizer

from ..training.tokenizers import clip_tokenizer, clip_word_tokenizer, words_in
from .prompts import known_texts

# Tokens that the text encoders see; what a prompt says beyond them is cut off.
MOST_TOKENS = 12


def prompt_tokenizer(pad_token: str = "<|endoftext|>") -> CLIPTokenizer:
    """Of the CLIP encoders, which differ in what they pad with."""
    return clip_word_tokenizer(_words(), pad_token=pad_token, model_max_length=MOST_TOKENS)


def t5_tokenizer() -> T5Tokenizer:
    """Unigrams: the known words, and the letters of ASCII for others; letters beyond them are unknown."""
    words = [(f"▁{word}", -1.0) for word in _words() if word.isalpha()]
    # What follows a word without a space is not one of its letters.
    letters = [("▁", -8.0), *((chr(code), -10.0) for code in range(33, 127))]
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *words, *letters]
    return T5Tokenizer(vocab=pieces, extra_ids=0, model_max_length=MOST_TOKENS)


def _words() -> list[str]:
    return words_in(known_texts(), clip_tokenizer([]))
