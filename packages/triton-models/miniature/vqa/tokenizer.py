"""A tokenizer in the form of Qwen2's whose tokens are the words of Blockworld's questions."""

import itertools
from collections.abc import Iterable

from transformers import Qwen2Tokenizer

from ..training.tokenizers import Merge, byte_letters, words_in

END_OF_TEXT, START, END, IMAGE, VIDEO = "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<image>", "<video>"
_MOST_TOKENS = 1_400

# As that of LLaVA-OneVision on Qwen2: pictures first, nothing between messages.
CHAT_TEMPLATE = """\
{%- for message in messages -%}
<|im_start|>{{ message['role'] + '\\n' }}
{%- for part in message['content'] -%}
{%- if part['type'] == 'image' -%}<image>{{ '\\n' }}{%- else -%}{{ part['text'] }}{%- endif -%}
{%- endfor -%}
<|im_end|>
{%- endfor -%}
{%- if add_generation_prompt -%}<|im_start|>assistant{{ '\\n' }}{%- endif -%}
"""


def train_tokenizer(texts: Iterable[str]) -> Qwen2Tokenizer:
    """
    Byte-level BPE: merges until each word of the texts is one token; any other text is read byte by byte. Each word
    counts once, so the result depends on which words there are and not on how often they come.
    """
    letters = byte_letters()
    plain = Qwen2Tokenizer({letter: number for number, letter in enumerate(letters)}, [], unk_token=None)
    words = words_in(texts, plain)
    merges = _merges(sorted(words))
    vocabulary = {token: number for number, token in enumerate([*letters, *dict.fromkeys(map("".join, merges))])}
    if len(vocabulary) > _MOST_TOKENS:
        raise ValueError(f"{len(words)} words make {len(vocabulary)} tokens; there may be {_MOST_TOKENS}.")
    tokenizer = Qwen2Tokenizer(vocabulary, merges, unk_token=None, eos_token=END, pad_token=END_OF_TEXT)
    tokenizer.add_special_tokens({"additional_special_tokens": [END_OF_TEXT, START, END, IMAGE, VIDEO]})
    tokenizer.chat_template = CHAT_TEMPLATE
    return tokenizer


def _merges(words: list[str]) -> list[Merge]:
    """The pairs of neighbours that join most words first, until each word is one piece; of equals the first by name."""
    pieces = [list(word) for word in words]
    merges = []
    while any(len(word) > 1 for word in pieces):
        counts: dict[Merge, int] = {}
        for word in pieces:
            for pair in itertools.pairwise(word):
                counts[pair] = counts.get(pair, 0) + 1
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        merges.append(best)
        pieces = [_merged(word, best) for word in pieces]
    return merges


def _merged(word: list[str], pair: Merge) -> list[str]:
    merged: list[str] = []
    index = 0
    while index < len(word):
        joined = tuple(word[index : index + 2]) == pair
        merged.append("".join(pair) if joined else word[index])
        index += 2 if joined else 1
    return merged
