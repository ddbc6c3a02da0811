"""Tiny random SigLIP and SigLIP 2 weights for the tests of `clip`."""

from pathlib import Path

import sentencepiece
import torch
from transformers import Siglip2Config, Siglip2Model, Siglip2Tokenizer, SiglipConfig, SiglipModel, SiglipTokenizer
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil
from transformers.models.siglip2.image_processing_pil_siglip2 import Siglip2ImageProcessorPil

_TOWER = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4}
_LENGTH = 64
_SENTENCES = (
    "a photo of a red bird",
    "two dogs play in the snow",
    "an old bicycle by the wall",
    "what a warm day it is",
)


def build_siglip(folder: Path, seed: int = 0) -> None:
    """One picture size and a sentencepiece tokenizer, as SigLIP has them."""
    folder.mkdir(parents=True, exist_ok=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(_SENTENCES * 4),
        model_prefix=str(folder / "spiece"),
        vocab_size=60,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    tokenizer = SiglipTokenizer(str(folder / "spiece.model"), model_max_length=_LENGTH)
    config = SiglipConfig(
        text_config={**_TOWER, "vocab_size": len(tokenizer), "max_position_embeddings": _LENGTH},
        vision_config={**_TOWER, "image_size": 32, "patch_size": 8},
    )
    _save(folder, SiglipModel, config, seed)
    tokenizer.save_pretrained(folder)
    SiglipImageProcessorPil(size={"height": 32, "width": 32}).save_pretrained(folder)


def build_siglip2(folder: Path, seed: int = 0) -> None:
    """NaFlex: pictures of any shape as at most 16 patches; a byte tokenizer."""
    marks = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"]
    words = [*marks, *(f"<0x{byte:02X}>" for byte in range(256)), "▁", *"abcdefghijklmnopqrstuvwxyz"]
    tokenizer = Siglip2Tokenizer(vocab={word: index for index, word in enumerate(words)}, merges=[])
    config = Siglip2Config(
        text_config={**_TOWER, "vocab_size": len(tokenizer), "max_position_embeddings": _LENGTH},
        vision_config={**_TOWER, "num_patches": 16, "patch_size": 8},
    )
    _save(folder, Siglip2Model, config, seed)
    tokenizer.save_pretrained(folder)
    Siglip2ImageProcessorPil(patch_size=8, max_num_patches=16).save_pretrained(folder)


def _save(folder: Path, model_class: type, config, seed: int) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model_class(config).save_pretrained(folder)
