"""A CLIP tokenizer that knows Blockworld's words whole, and any other text byte by byte."""

from transformers import CLIPTokenizer

from ..blockworld import COLOURS, SHAPES, SIZES

CONTEXT = 16
_NOUNS = (*SHAPES, "thing", "object", "shape")
_WORDS = (*_NOUNS, *(f"{noun}s" for noun in _NOUNS), *COLOURS, *SIZES, "a", "an", "the", "one", "all", "every")


def word_tokenizer() -> CLIPTokenizer:
    """As in CLIP's own, the end token has the highest id and the padding id 0."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    # Bytes that cannot be printed are written as the characters from 256 on (byte-level BPE of GPT-2).
    letters = [chr(code) for code in printable] + [chr(256 + index) for index in range(256 - len(printable))]
    merges = _merges()
    tokens = [*letters, *(letter + "</w>" for letter in letters), *(left + right for left, right in merges)]
    vocabulary = {token: index for index, token in enumerate([*tokens, "<|startoftext|>", "<|endoftext|>"])}
    return CLIPTokenizer(vocab=vocabulary, merges=merges, pad_token="!", model_max_length=CONTEXT)


def _merges() -> list[tuple[str, str]]:
    """From left to right: (b, a), (ba, l), (bal, l</w>). Long words first: merges of others would break them up."""
    merges: dict[tuple[str, str], None] = {}
    for word in sorted(_WORDS, key=len, reverse=True):
        pieces = [*word[:-1], word[-1] + "</w>"]
        for end in range(1, len(pieces)):
            merges["".join(pieces[:end]), pieces[end]] = None
    return list(merges)
