"""A CLIP tokenizer that knows the words of descriptions whole, and any other text byte by byte."""

from transformers import CLIPTokenizer

from ..blockworld import COLOURS, GROUNDS, SHAPES, SIZES

CONTEXT = 48
_WORDS = (*SHAPES, *(f"{shape}s" for shape in SHAPES), *COLOURS, *SIZES, *GROUNDS, "a", "an", "and", "on", "background")


def word_tokenizer() -> CLIPTokenizer:
    """Byte-level BPE with the merges that build the words."""
    merges: list[tuple[str, str]] = []
    tokenizer = _tokenizer(merges)
    for word in _WORDS:
        # A merge at the end of the list is tried last: words that are whole already stay whole.
        while len(pieces := tokenizer.backend_tokenizer.model.tokenize(word)) > 1:
            merges.append((pieces[0].value, pieces[1].value))
            tokenizer = _tokenizer(merges)
    return tokenizer


def _tokenizer(merges: list[tuple[str, str]]) -> CLIPTokenizer:
    letters = _byte_letters()
    joined = dict.fromkeys(left + right for left, right in merges)
    tokens = [*letters, *(letter + "</w>" for letter in letters), *joined, "<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    return CLIPTokenizer(vocab=vocabulary, merges=list(merges), model_max_length=CONTEXT)


def _byte_letters() -> list[str]:
    """A visible letter for each byte, as byte-level BPE has them: its own where it is visible, else one from 256 on."""
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    return [*map(chr, visible), *(chr(256 + index) for index in range(256 - len(visible)))]
