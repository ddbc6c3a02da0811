"""
The autoencoder: `AutoencoderTiny`, the class of TAESD3. It has no normalisation over groups, so it learns colours in
minutes on a processor where `AutoencoderKL` takes hours.
"""

import torch
from diffusers import AutoencoderTiny

LATENT_CHANNELS = 16
# Pixels a latent on each side: two halvings.
FACTOR = 4
_ENCODER, _DECODER = 32, 48


def make_autoencoder() -> AutoencoderTiny:
    """With initial weights of torch's random state. The decoder, which runs once a picture, is the larger half."""
    return AutoencoderTiny(
        encoder_block_out_channels=(_ENCODER,) * 3,
        num_encoder_blocks=(0, 1, 2),
        decoder_block_out_channels=(_DECODER,) * 3,
        num_decoder_blocks=(3, 1, 0),
        latent_channels=LATENT_CHANNELS,
    )


def normalised(autoencoder: AutoencoderTiny, pixels: torch.Tensor) -> torch.Tensor:
    """Latents [n, 16, h/4, w/4] of mean 0 and standard deviation 1 of pixels [n, 3, h, w] in -1..1."""
    config = autoencoder.config
    return (autoencoder.encode(pixels).latents - config.shift_factor) * config.scaling_factor


def denormalised(autoencoder: AutoencoderTiny, latents: torch.Tensor) -> torch.Tensor:
    """Pixels [n, 3, h, w] in about -1..1."""
    config = autoencoder.config
    return autoencoder.decode(latents / config.scaling_factor + config.shift_factor).sample
