"""A CLIP tokenizer that knows the words of descriptions whole, and any other text byte by byte."""

from transformers import CLIPTokenizer

from ..blockworld import COLOURS, GROUNDS, SHAPES, SIZES
from ..training.tokenizers import clip_word_tokenizer

CONTEXT = 48
_WORDS = (*SHAPES, *(f"{shape}s" for shape in SHAPES), *COLOURS, *SIZES, *GROUNDS, "a", "an", "and", "on", "background")


def word_tokenizer() -> CLIPTokenizer:
    return clip_word_tokenizer(_WORDS, model_max_length=CONTEXT)
