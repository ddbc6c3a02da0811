"""Tiny OWLv2 weights of the production class, for shapes and faults: what they find means nothing."""

import math
from pathlib import Path

import numpy
import torch
from transformers import CLIPTokenizer, Owlv2Config, Owlv2ForObjectDetection, Owlv2ImageProcessorPil

_PIXELS = 128
_CONTEXT = 32
_WIDTH = 64
_TOWER = {"hidden_size": _WIDTH, "intermediate_size": 4 * _WIDTH, "num_hidden_layers": 2, "num_attention_heads": 4}


def build(folder: Path, seed: int = 0) -> None:
    """Writes config, weights, tokenizer and picture processor, the same bytes for the same seed on every machine."""
    tokenizer = byte_tokenizer()
    config = Owlv2Config(
        text_config={
            **_TOWER,
            "vocab_size": len(tokenizer),
            "max_position_embeddings": _CONTEXT,
            "bos_token_id": tokenizer.bos_token_id,
            "eos_token_id": tokenizer.eos_token_id,
        },
        vision_config={**_TOWER, "image_size": _PIXELS, "patch_size": 8},
        projection_dim=_WIDTH,
    )
    model = Owlv2ForObjectDetection(config)
    fill(model, seed)
    with torch.no_grad():
        _spread(model)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    Owlv2ImageProcessorPil(size={"height": _PIXELS, "width": _PIXELS}).save_pretrained(folder)


def byte_tokenizer() -> CLIPTokenizer:
    """CLIP's tokenizer with bytes alone. As in CLIP's own, the end token has the highest id, the padding id 0."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    # Bytes that cannot be printed are written as the characters from 256 on (byte-level BPE of GPT-2).
    letters = [chr(code) for code in printable] + [chr(256 + index) for index in range(256 - len(printable))]
    tokens = [*letters, *(letter + "</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    return CLIPTokenizer(vocab=vocabulary, merges=[], pad_token="!", model_max_length=_CONTEXT)


def fill(model: torch.nn.Module, seed: int) -> None:
    """
    Matrices as Glorot and Bengio (2010), scales of norms 1, biases 0, other vectors small. numpy's generator, not
    torch's, whose numbers depend on the processor.
    """
    generator = numpy.random.default_rng(seed)
    for name, parameter in model.named_parameters():
        # A vector called weight is the scale of a norm.
        if parameter.ndim == 1 and name.endswith(("weight", "bias")):
            parameter.data.fill_(1.0 if name.endswith("weight") else 0.0)
        elif parameter.ndim >= 1:
            limit = math.sqrt(6 / (parameter.shape[0] + math.prod(parameter.shape[1:])))
            values = generator.uniform(-limit, limit, parameter.shape).astype(numpy.float32)
            parameter.data.copy_(torch.from_numpy(values))


def _spread(model: Owlv2ForObjectDetection) -> None:
    """So that scores differ between phrases and places and lie well inside 0..1, and boxes cover a few patches."""
    text, head = model.owlv2.text_model, model.class_head
    text.embeddings.token_embedding.weight.mul_(8)
    head.logit_scale.weight.zero_()
    head.logit_scale.bias.fill_(9)
    head.logit_shift.weight.zero_()
    head.logit_shift.bias.fill_(-0.15)
    model.box_head.dense2.bias.copy_(torch.tensor([0.0, 0.0, 1.5, 1.5]))
