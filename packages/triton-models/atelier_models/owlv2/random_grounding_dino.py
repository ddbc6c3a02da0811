"""Tiny Grounding DINO weights of the production class, for its tests: what they find means nothing."""

from pathlib import Path

import torch
from transformers import (
    BertConfig,
    BertTokenizer,
    GroundingDinoConfig,
    GroundingDinoForObjectDetection,
    GroundingDinoImageProcessorPil,
    SwinConfig,
)

from .random_weights import fill

_WIDTH = 32
_TEXT = 48


def build_grounding_dino(folder: Path, seed: int = 0) -> None:
    """Writes config, weights, tokenizer and picture processor, the same bytes for the same seed on every machine."""
    tokenizer = letter_tokenizer()
    heads = {"encoder_attention_heads": 2, "decoder_attention_heads": 2}
    config = GroundingDinoConfig(
        backbone_config=SwinConfig(
            embed_dim=16, depths=[1, 1, 1, 1], num_heads=[1, 2, 2, 2], window_size=4, out_indices=[2, 3, 4]
        ),
        text_config=BertConfig(
            vocab_size=len(tokenizer),
            hidden_size=_WIDTH,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=64,
        ),
        d_model=_WIDTH,
        encoder_layers=2,
        decoder_layers=2,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        num_queries=40,
        max_text_len=_TEXT,
        **heads,
    )
    model = GroundingDinoForObjectDetection(config)
    fill(model, seed)
    with torch.no_grad():
        _spread(model)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    GroundingDinoImageProcessorPil(size={"shortest_edge": 96, "longest_edge": 160}).save_pretrained(folder)


def letter_tokenizer() -> BertTokenizer:
    """WordPiece of single letters. The class has the ids of BERT's own marks written into it, so they are kept."""
    fixed = {0: "[PAD]", 100: "[UNK]", 101: "[CLS]", 102: "[SEP]", 103: "[MASK]", 1012: ".", 1029: "?"}
    letters = [prefix + letter for letter in "abcdefghijklmnopqrstuvwxyz0123456789" for prefix in ("", "##")]
    free = (index for index in range(1, 1030) if index not in fixed)
    tokens = {**fixed, **dict(zip(free, letters, strict=False))}
    vocabulary = {tokens.get(index, f"[unused{index}]"): index for index in range(1030)}
    return BertTokenizer(vocab=vocabulary, model_max_length=_TEXT)


def _spread(model: GroundingDinoForObjectDetection) -> None:
    """Logits are plain products of two normalised vectors, far from 0: made small, so that no score is 0 or 1."""
    model.model.decoder.layer_norm.weight.mul_(0.4)
