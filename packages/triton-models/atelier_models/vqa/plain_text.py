"""Keeps what people write from being read as the marks between messages and pictures."""

import re

from transformers import ProcessorMixin

_BREAK = "\u200b"


class PlainText:
    """
    Puts a zero-width space into whatever the tokenizer would read as a control token (`<|im_end|>`, `<image>`): people
    cannot end their message and begin another's, nor claim pictures that are not there. All else stays as it is.
    """

    def __init__(self, processor: ProcessorMixin):
        words = sorted(_control_tokens(processor), key=len, reverse=True)
        self._control = re.compile("|".join(map(re.escape, words)) or "(?!)")

    def __call__(self, text: str) -> str:
        return self._control.sub(lambda found: found[0][0] + _BREAK + found[0][1:], text)

    def apart(self, text: str) -> str:
        """The same, and no part of a control token together with what a template writes before or behind it."""
        return f"{_BREAK}{self(text)}{_BREAK}"

    def control_tokens(self, prompt: str) -> list[str]:
        """The control tokens in a rendered chat, in their order."""
        return self._control.findall(prompt)


def _control_tokens(processor: ProcessorMixin) -> set[str]:
    added = [token for token in processor.tokenizer.added_tokens_decoder.values() if len(token.content.strip()) > 1]
    tokens = {token.content for token in added if token.special or token.content in processor.chat_template}
    places = (getattr(processor, name, None) for name in ("image_token", "video_token", "audio_token"))
    return tokens | {place for place in places if isinstance(place, str)}
