"""What the transformer learns: the flow from noise to the latents of the finished picture (rectified flow, as SD3)."""

import torch
from diffusers import SD3Transformer2DModel, StableDiffusion3InpaintPipeline
from torch.nn import functional

from .attention import use_plain_attention
from .autoencoder import FACTOR, normalised
from .tokenizers import MOST_TOKENS
from .windows import Windows

# What lies outside the hole is thrown away by whoever asked, but the decoder looks a little beyond the hole's edge.
_OUTSIDE = 0.05
# Of the scheduler: painting spends most of its steps where nearly all is noise.
_SHIFT = 3.0
_SPREAD = 1.1


class Flow:
    """The loss of a pipeline's transformer and text encoders on windows of examples."""

    def __init__(self, pipeline: StableDiffusion3InpaintPipeline):
        self._pipeline = pipeline
        use_plain_attention(pipeline.transformer)
        self._positions = _Positions(pipeline.transformer)

    def loss(self, windows: Windows) -> torch.Tensor:
        pipeline = self._pipeline
        with torch.no_grad():
            latents = normalised(pipeline.vae, windows.after)
            known = normalised(pipeline.vae, windows.before * (windows.holes < 0.5))
        mask = functional.interpolate(windows.holes, size=latents.shape[-2:])
        noise = torch.randn_like(latents)
        sigmas = _random_sigmas(len(latents)).to(latents.device)
        share = sigmas[:, None, None, None]
        noisy = (1 - share) * latents + share * noise
        embeddings, pooled = self._read(windows.prompts)
        with self._positions.at(windows.places, windows.patches):
            flow = pipeline.transformer(
                hidden_states=torch.cat([noisy, mask, known], dim=1),
                timestep=sigmas * pipeline.scheduler.config.num_train_timesteps,
                encoder_hidden_states=embeddings,
                pooled_projections=pooled,
                return_dict=False,
            )[0]
        weights = _weights(windows.holes)
        error = (flow.float() - (noise - latents)).square().mean(dim=1, keepdim=True)
        return (error * weights).sum() / weights.sum()

    def _read(self, prompts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
        different = list(dict.fromkeys(prompts))
        embeddings, _, pooled, _ = self._pipeline.encode_prompt(
            different, None, None, do_classifier_free_guidance=False, max_sequence_length=MOST_TOKENS
        )
        rows = torch.tensor([different.index(prompt) for prompt in prompts], device=embeddings.device)
        return embeddings[rows], pooled[rows]


def _random_sigmas(count: int) -> torch.Tensor:
    even = torch.sigmoid(_SPREAD * torch.randn(count))
    return _SHIFT * even / (1 + (_SHIFT - 1) * even)


def _weights(holes: torch.Tensor) -> torch.Tensor:
    """[n, 1, h/4, w/4]: 1 in the hole and one latent around it."""
    inside = functional.max_pool2d(functional.max_pool2d(holes, FACTOR), 3, stride=1, padding=1)
    return _OUTSIDE + (1 - _OUTSIDE) * inside


class _Positions:
    """
    Lets the transformer see windows where they lie in their pictures. By itself it takes whatever it gets for a whole
    picture, in the middle of its table of positions.
    """

    def __init__(self, transformer: SD3Transformer2DModel):
        self._embedding = transformer.pos_embed
        side = self._embedding.pos_embed_max_size
        self._table = self._embedding.pos_embed.reshape(side, side, -1)

    def at(self, places: torch.Tensor, patches: torch.Tensor) -> "_Positions":
        """places, patches: [n, 2] int; see `Windows`."""
        self._corners = (self._embedding.pos_embed_max_size - patches) // 2 + places
        return self

    def __enter__(self) -> None:
        self._embedding.forward = self._embed

    def __exit__(self, *_: object) -> None:
        del self._embedding.forward

    def _embed(self, latents: torch.Tensor) -> torch.Tensor:
        embedded = self._embedding.proj(latents)
        height, width = embedded.shape[-2:]
        positions = [self._table[y : y + height, x : x + width].flatten(0, 1) for y, x in self._corners.tolist()]
        return embedded.flatten(2).transpose(1, 2) + torch.stack(positions)
