"""Tiny parts of diffusion models with random weights, from which whole pipelines are put together."""

from collections.abc import Callable
from typing import TypeVar

import numpy
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    T5Config,
    T5EncoderModel,
    T5Tokenizer,
)

CLIP_WIDTH = 32
_Module = TypeVar("_Module", bound=torch.nn.Module)


class RandomParts:
    """
    Makes parts whose weights follow from the seed alone. Uniform numbers of numpy rather than torch's: its normal
    ones differ in the last bit from one kind of processor to the next.
    """

    def __init__(self, seed: int):
        self._random = numpy.random.default_rng(seed)

    def fill(self, make: Callable[[], _Module]) -> _Module:
        """The module that `make` makes, with weights that keep the size of activations: matrices of variance 1/n."""
        with torch.random.fork_rng(devices=[]):
            module = make().eval().requires_grad_(False)
        for name, weights in module.named_parameters():
            if weights.ndim > 1:
                self._draw(weights, (3 / weights[0].numel()) ** 0.5)
            elif name.endswith("bias"):
                self._draw(weights, 0.1)
            else:
                weights.fill_(1)
        return module

    def vae(self, latent_channels: int, **config) -> AutoencoderKL:
        """Eight pixels a latent on each side, as the real ones."""
        blocks = 4
        return self.fill(
            lambda: AutoencoderKL(
                down_block_types=("DownEncoderBlock2D",) * blocks,
                up_block_types=("UpDecoderBlock2D",) * blocks,
                block_out_channels=(8, 16, 16, 16),
                layers_per_block=1,
                latent_channels=latent_channels,
                norm_num_groups=4,
                sample_size=64,
                **config,
            )
        )

    def clip_text(self, tokenizer: CLIPTokenizer, projected: bool, activation: str = "quick_gelu"):
        config = CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=CLIP_WIDTH,
            intermediate_size=2 * CLIP_WIDTH,
            projection_dim=CLIP_WIDTH,
            num_hidden_layers=3,
            num_attention_heads=2,
            max_position_embeddings=tokenizer.model_max_length,
            hidden_act=activation,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
        return self.fill(lambda: (CLIPTextModelWithProjection if projected else CLIPTextModel)(config))

    def t5(self, tokenizer: T5Tokenizer, width: int) -> T5EncoderModel:
        config = T5Config(
            vocab_size=len(tokenizer),
            d_model=width,
            d_kv=width // 2,
            d_ff=2 * width,
            num_layers=2,
            num_heads=2,
            feed_forward_proj="gated-gelu",
            dense_act_fn="gelu_new",
            is_gated_act=True,
        )
        return self.fill(lambda: T5EncoderModel(config))

    def unet(self, in_channels: int, text_width: int, **config) -> UNet2DConditionModel:
        return self.fill(
            lambda: UNet2DConditionModel(
                in_channels=in_channels,
                out_channels=4,
                block_out_channels=(16, 32),
                layers_per_block=1,
                down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
                up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
                cross_attention_dim=text_width,
                attention_head_dim=2,
                norm_num_groups=4,
                **config,
            )
        )

    def _draw(self, weights: torch.Tensor, most: float) -> None:
        weights.copy_(torch.from_numpy(self._random.uniform(-most, most, tuple(weights.shape)).astype(numpy.float32)))


def clip_tokenizer(pad_token: str = "<|endoftext|>") -> CLIPTokenizer:
    """Byte level without merges: each byte is a token, so 75 letters are what CLIP can read."""
    letters = _byte_letters()
    pieces = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    vocabulary = {piece: index for index, piece in enumerate(pieces)}
    return CLIPTokenizer(vocab=vocabulary, merges=[], pad_token=pad_token, model_max_length=77)


def t5_tokenizer() -> T5Tokenizer:
    """Single letters of ASCII; others are unknown."""
    letters = [("▁", -2.0), *((chr(code), -3.0) for code in range(33, 127))]
    return T5Tokenizer(
        vocab=[("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *letters], extra_ids=0, model_max_length=512
    )


def _byte_letters() -> list[str]:
    """A visible letter for each byte, as byte-level BPE has them: its own where it is visible, else one from 256 on."""
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in visible]
    return [*map(chr, visible), *(chr(256 + index) for index in range(len(hidden)))]
