"""From tokens, one by one, to pieces of text that end where a character ends."""

from transformers import PreTrainedTokenizerBase

_UNFINISHED = "\ufffd"
# A character has at most 4 bytes, so at most 3 are waiting for the rest.
_MOST_UNFINISHED = 3
# Of so many tokens decoded again and again, only the last few are kept as the left context of the next ones.
_WINDOW, _CONTEXT = 32, 8


class Deltas:
    """
    The concatenation of what `add` and `end` give is the tokenizer's decoding of all tokens, without special tokens.
    A piece is given as soon as its last byte is there; nothing waits for the end of a word.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase):
        self._tokenizer = tokenizer
        self._window: list[int] = []
        self._given = ""

    def add(self, token: int) -> str:
        """What the token completes; often a word, sometimes nothing yet."""
        self._window.append(token)
        text = self._decode(self._window)
        cut = min(_MOST_UNFINISHED, len(text) - len(text.rstrip(_UNFINISHED)))
        delta = self._take(text[: len(text) - cut])
        if len(self._window) >= _WINDOW and text.startswith(self._given):
            self._forget(text)
        return delta

    def end(self) -> str:
        """What was held back; bytes that never became a character are U+FFFD, as in the tokenizer's decoding."""
        return self._take(self._decode(self._window))

    def _take(self, text: str) -> str:
        # A tokenizer that falls back to bytes decodes a run of them as U+FFFD until all of it is there.
        if not text.startswith(self._given):
            return ""
        delta = text[len(self._given) :]
        self._given = text
        return delta

    def _forget(self, text: str) -> None:
        """Only where the last tokens alone are decoded as they are behind the others."""
        context = self._window[-_CONTEXT:]
        ending = self._decode(context)
        held = len(text) - len(self._given)
        if text.endswith(ending) and len(ending) > held:
            self._window, self._given = context, ending[: len(ending) - held]

    def _decode(self, tokens: list[int]) -> str:
        return self._tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)
