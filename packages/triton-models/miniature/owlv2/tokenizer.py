"""A CLIP tokenizer that knows Blockworld's words whole, and any other text byte by byte."""

from transformers import CLIPTokenizer

from ..blockworld import COLOURS, SHAPES, SIZES
from ..training.tokenizers import clip_word_tokenizer

CONTEXT = 16
_NOUNS = (*SHAPES, "thing", "object", "shape")
_WORDS = (*_NOUNS, *(f"{noun}s" for noun in _NOUNS), *COLOURS, *SIZES, "a", "an", "the", "one", "all", "every")


def word_tokenizer() -> CLIPTokenizer:
    """As in CLIP's own, the padding id is 0."""
    # Long words first: merges of others would break them up.
    words = sorted(_WORDS, key=len, reverse=True)
    return clip_word_tokenizer(words, pad_token="!", model_max_length=CONTEXT)
