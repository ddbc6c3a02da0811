"""What the tokenizers of the miniatures have in common: letters for bytes, and words that are whole tokens."""

from collections.abc import Iterable, Sequence
from typing import Any

from transformers import CLIPTokenizer

Merge = tuple[str, str]


def byte_letters() -> list[str]:
    """The visible letter that byte-level BPE writes for each byte: itself where it is visible, else one from 256 on."""
    visible = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    others = iter(range(0x100, 0x200))
    return [chr(byte) if byte in visible else chr(next(others)) for byte in range(256)]


def clip_tokenizer(merges: Sequence[Merge], **options: Any) -> CLIPTokenizer:
    """As in CLIP's own, the end token has the highest id. options: of the class."""
    letters = sorted(byte_letters())
    joined = dict.fromkeys(left + right for left, right in merges)
    tokens = [*letters, *(letter + "</w>" for letter in letters), *joined, "<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    return CLIPTokenizer(vocab=vocabulary, merges=list(merges), **options)


def clip_word_tokenizer(words: Iterable[str], **options: Any) -> CLIPTokenizer:
    """With the merges that build the words; any other text is read byte by byte."""
    merges: list[Merge] = []
    tokenizer = clip_tokenizer(merges, **options)
    for word in words:
        # A merge at the end of the list is tried last: words that are whole already stay whole.
        while len(pieces := tokenizer.backend_tokenizer.model.tokenize(word)) > 1:
            merges.append((pieces[0].value, pieces[1].value))
            tokenizer = clip_tokenizer(merges, **options)
    return tokenizer


def words_in(texts: Iterable[str], tokenizer: Any) -> list[str]:
    """Each word once, as the tokenizer, one of transformers, takes texts apart before it merges anything."""
    apart = tokenizer.backend_tokenizer.pre_tokenizer.pre_tokenize_str
    return list(dict.fromkeys(word for text in texts for word, _ in apart(text)))
