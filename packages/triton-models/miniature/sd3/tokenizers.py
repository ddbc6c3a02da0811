"""Tokenizers of the production classes in which each word of the prompts is one token."""

from collections.abc import Iterable

from transformers import CLIPTokenizer, T5Tokenizer

from .prompts import known_texts

# Tokens that the text encoders see; what a prompt says beyond them is cut off.
MOST_TOKENS = 12


def clip_tokenizer(pad_token: str = "<|endoftext|>") -> CLIPTokenizer:
    """Byte-level BPE with the merges that build the known words; any other text is read byte by byte."""
    letters = _byte_letters()
    merges: list[tuple[str, str]] = []
    tokenizer = _clip(letters, merges, pad_token)
    for word in _words(tokenizer, known_texts()):
        # A merge at the end of the list is tried last, so words that are whole already stay whole.
        while len(pieces := tokenizer.backend_tokenizer.model.tokenize(word)) > 1:
            merges.append((pieces[0].value, pieces[1].value))
            tokenizer = _clip(letters, merges, pad_token)
    return tokenizer


def t5_tokenizer() -> T5Tokenizer:
    """Unigrams: the known words, and the letters of ASCII for others; letters beyond them are unknown."""
    plain = clip_tokenizer()
    words = [(f"▁{word}", -1.0) for word in _words(plain, known_texts()) if word.isalpha()]
    # What follows a word without a space is not one of its letters.
    letters = [("▁", -8.0), *((chr(code), -10.0) for code in range(33, 127))]
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *words, *letters]
    return T5Tokenizer(vocab=pieces, extra_ids=0, model_max_length=MOST_TOKENS)


def _clip(letters: list[str], merges: list[tuple[str, str]], pad_token: str) -> CLIPTokenizer:
    joined = ["".join(pair) for pair in merges]
    pieces = [*letters, *(f"{letter}</w>" for letter in letters), *dict.fromkeys(joined)]
    vocabulary = {piece: index for index, piece in enumerate([*pieces, "<|startoftext|>", "<|endoftext|>"])}
    return CLIPTokenizer(vocab=vocabulary, merges=list(merges), pad_token=pad_token, model_max_length=MOST_TOKENS)


def _words(tokenizer: CLIPTokenizer, texts: Iterable[str]) -> list[str]:
    pre_tokenizer = tokenizer.backend_tokenizer.pre_tokenizer
    return list(dict.fromkeys(word for text in texts for word, _ in pre_tokenizer.pre_tokenize_str(text)))


def _byte_letters() -> list[str]:
    """A visible letter for each byte, as byte-level BPE has them: its own where it is visible, else one from 256 on."""
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in visible]
    return [*map(chr, visible), *(chr(256 + index) for index in range(len(hidden)))]
