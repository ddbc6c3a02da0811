"""A tokenizer of bytes with a few words, in the form of Qwen2's, which LLaVA-OneVision has."""

from transformers import Qwen2Tokenizer

END_OF_TEXT, START, END, IMAGE, VIDEO = "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<image>", "<video>"
_WORDS = """
the a is are of in on and there no yes it red green blue yellow black white picture image what how many left right
small large one two three cat dog house tree person system user assistant 그림 사진 빨간 파란 입니다 있습니다
"""

CHAT_TEMPLATE = """\
{%- for message in messages -%}
<|im_start|>{{ message['role'] + '\\n' }}
{%- for part in message['content'] -%}
{%- if part['type'] == 'image' -%}<image>{{ '\\n' }}{%- else -%}{{ part['text'] }}{%- endif -%}
{%- endfor -%}
<|im_end|>{{ '\\n' }}
{%- endfor -%}
{%- if add_generation_prompt -%}<|im_start|>assistant{{ '\\n' }}{%- endif -%}
"""


def random_tokenizer() -> Qwen2Tokenizer:
    """Byte-level BPE: each byte is a token, so any UTF-8 can come out, cut anywhere; the words above have one each."""
    letters = _byte_letters()
    vocabulary = {letter: number for number, letter in enumerate(letters)}
    merges = {}
    for word in (spelled for plain in _WORDS.split() for spelled in (plain, " " + plain)):
        spelling = [letters[byte] for byte in word.encode()]
        grown = spelling[0]
        for letter in spelling[1:]:
            merges[grown, letter] = None
            grown += letter
            vocabulary.setdefault(grown, len(vocabulary))
    tokenizer = Qwen2Tokenizer(vocabulary, list(merges), unk_token=None, eos_token=END, pad_token=END_OF_TEXT)
    tokenizer.add_special_tokens({"additional_special_tokens": [END_OF_TEXT, START, END, IMAGE, VIDEO]})
    return tokenizer


def _byte_letters() -> list[str]:
    """The printable letter that byte-level BPE writes for each byte: itself, or one from U+0100 on."""
    printable = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    others = iter(range(0x100, 0x200))
    return [chr(byte) if byte in printable else chr(next(others)) for byte in range(256)]
