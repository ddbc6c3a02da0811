"""Trains the autoencoder on crops around things."""

import math
from pathlib import Path

import numpy
import torch
from diffusers import AutoencoderTiny
from torch.nn import functional

from ..training import Run, TrainingScenes
from .autoencoder import make_autoencoder

_BATCH = 16
_CROP = 64
_RATE = 2e-3
# Painted latents are never quite those of a picture; a decoder that has seen noise forgives it.
_NOISE = 0.08
# Keeps the latents about as large as the noise expects, and within the range that the decoder clamps to.
_LATENT_WEIGHT = 2e-4
_EMPTY = 0.15
_MOST_ENLARGED = 1.35


def train_autoencoder(run: Run, scenes: TrainingScenes) -> Path:
    """The folder with the trained autoencoder; the training is not repeated once it is finished."""
    finished = run.folder / "autoencoder"
    if finished.is_dir():
        run.recall()
        return finished
    autoencoder = make_autoencoder().to(run.device, memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(autoencoder.parameters(), lr=_RATE, betas=(0.9, 0.98), weight_decay=0)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimiser, _RATE, total_steps=run.steps, pct_start=0.06)
    state = {"autoencoder": autoencoder, "optimiser": optimiser, "scheduler": scheduler}
    for step in run.loop(state):
        pixels = crops(scenes, run.generator(step), _BATCH).to(run.device)
        with torch.autocast(run.device, dtype=torch.bfloat16):
            latents = autoencoder.encode(pixels).latents
            decoded = autoencoder.decode(latents + _NOISE * torch.randn_like(latents)).sample
        error = functional.mse_loss(decoded.float(), pixels)
        loss = (
            error + 0.1 * functional.l1_loss(decoded.float(), pixels) + _LATENT_WEIGHT * latents.float().square().mean()
        )
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(autoencoder.parameters(), 1.0)
        optimiser.step()
        scheduler.step()
        if step % 20 == 19:
            run.log(step, psnr=psnr(error.item()), latents=latents.detach().std())
    if run.finished:
        _normalise(autoencoder, scenes, run)
        autoencoder.save_pretrained(finished)
    return finished


def crops(scenes: TrainingScenes, generator: numpy.random.Generator, count: int) -> torch.Tensor:
    """[count, 3, 64, 64] in -1..1. Most are around a thing: flat ground teaches little. Half are enlarged."""
    pixels = numpy.empty((count, _CROP, _CROP, 3), dtype=numpy.uint8)
    for crop in pixels:
        index = int(generator.integers(len(scenes)))
        width, height = scenes.sizes[index]
        middle = generator.uniform((0, 0), (width, height))
        if generator.random() > _EMPTY:
            boxes = scenes.boxes(index)
            left, top, right, bottom = boxes[generator.integers(len(boxes))]
            middle = numpy.array([left + right, top + bottom]) / 2 + generator.uniform(-20, 20, 2)
        x, y = (middle - _CROP / 2).round().astype(int).clip(0, (width - _CROP, height - _CROP))
        crop[:] = scenes.pixels[index, y : y + _CROP, x : x + _CROP]
    batch = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 127.5 - 1
    batch = batch.contiguous(memory_format=torch.channels_last)
    half = count // 2
    smaller = round(_CROP / generator.uniform(1, _MOST_ENLARGED))
    enlarged = functional.interpolate(batch[:half, :, :smaller, :smaller], _CROP, mode="bilinear", antialias=False)
    return torch.cat([enlarged, batch[half:]])


def psnr(error: float) -> float:
    """Decibels, of a mean square error of pixels in -1..1."""
    return 10 * math.log10(4 / error)


@torch.inference_mode()
def _normalise(autoencoder: AutoencoderTiny, scenes: TrainingScenes, run: Run) -> None:
    """Notes mean and deviation of the latents, so that pipelines see them as 0 and 1."""
    latents = autoencoder.encode(crops(scenes, run.generator(run.steps), 256).to(run.device)).latents
    autoencoder.register_to_config(
        shift_factor=round(latents.mean().item(), 5), scaling_factor=round(1 / latents.std().item(), 5)
    )
