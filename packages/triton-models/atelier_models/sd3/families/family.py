"""What every kind of diffusers model has in common."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import torch
from diffusers import DiffusionPipeline
from PIL import Image

from ...errors import BadInputError, SettingsError
from ...precision import place, torch_dtype
from ...settings import Sd3Settings
from ..own_resolution import at_size, size_to_paint
from ..request import MULTIPLE, PaintRequest

OnStep = Callable[[DiffusionPipeline, int, Any, dict], dict]


class Family(ABC):
    """
    Two pipelines of diffusers that share one instance of the weights. A subclass says which pipelines these are and
    how a request becomes their arguments; an instance is not safe to use from two threads at once.
    """

    inpainting_class: ClassVar[type[DiffusionPipeline]]
    words_class: ClassVar[type[DiffusionPipeline]]
    denoiser_name: ClassVar[str] = "unet"

    def __init__(self, inpainting: DiffusionPipeline, settings: Sd3Settings):
        self._settings = settings
        self._inpainting = inpainting
        self._scheduler = inpainting.scheduler
        self._vae_dtype = inpainting.vae.dtype
        # With more input channels than a latent has, the model wants the mask and the masked picture too.
        own = self.denoiser.config.in_channels == inpainting.vae.config.latent_channels
        self._words = self._share(inpainting) if own else None
        for pipeline in filter(None, (self._inpainting, self._words)):
            pipeline.set_progress_bar_config(disable=True)

    @classmethod
    def matches(cls, folder: Path) -> bool:
        """Whether the weights in the folder are of this family."""
        name = json.loads((folder / "model_index.json").read_text())["_class_name"]
        return name in (cls.inpainting_class.__name__, cls.words_class.__name__)

    @classmethod
    def load(cls, folder: Path, settings: Sd3Settings) -> "Family":
        """Raises `SettingsError` for settings that these weights cannot be used with, and weights that are broken."""
        if settings.offload and not settings.device.startswith("cuda"):
            raise SettingsError(f"sd3: offload is for GPUs; the device is {settings.device}.")
        try:
            inpainting = cls.inpainting_class.from_pretrained(
                folder, dtype=torch_dtype(settings), local_files_only=True, **cls._load_arguments(settings)
            )
        except (OSError, ValueError) as error:
            raise SettingsError(f"sd3: the weights in {folder} cannot be loaded: {error}") from error
        cls._place_large_parts(inpainting, settings)
        if settings.offload:
            inpainting.enable_model_cpu_offload(device=settings.device)
        else:
            inpainting.to(settings.device)
        return cls(inpainting, settings)

    @property
    def denoiser(self) -> torch.nn.Module:
        """What computes in each step."""
        return getattr(self._inpainting, self.denoiser_name)

    @property
    def own_resolution(self) -> int | None:
        """Side in pixels of the pictures of the training, as diffusers takes it where no size is asked for."""
        side = self.denoiser.config.sample_size
        if side is None:
            return None
        return self._inpainting.vae_scale_factor * (side if isinstance(side, int) else max(side))

    @property
    def paints_from_words(self) -> bool:
        return self._words is not None

    def check(self, request: PaintRequest) -> None:
        """Raises `BadInputError` for what these weights cannot do."""
        if request.image is None and self._words is None:
            raise BadInputError("This model only paints into pictures; send IMAGE and MASK.")
        if not request.prompt.strip():
            raise BadInputError("PROMPT is empty; this model paints what words say.")

    def paint(self, request: PaintRequest, generator: torch.Generator, on_step: OnStep) -> Image.Image:
        """
        An RGB picture of the size asked for, enlarged where it is painted smaller (see `resolution` of the settings).
        `on_step(pipeline, index, timestep, tensors)` is called after each denoising step and returns the tensors it
        changes, by name; what it raises ends the painting.
        """
        pipeline = self._words if request.image is None else self._inpainting
        # A new one each time: schedulers keep the step at which a cancelled picture stopped, and more.
        pipeline.scheduler = type(self._scheduler).from_config(self._scheduler.config)
        asked = (request.width, request.height)
        request = at_size(request, self._size_to_paint(request))
        self._tile(request)
        arguments = {
            "width": request.width,
            "height": request.height,
            "num_inference_steps": request.steps,
            "guidance_scale": request.guidance,
            "generator": generator,
            "callback_on_step_end": on_step,
            "callback_on_step_end_tensor_inputs": [],
        }
        if request.image is not None:
            arguments |= {"image": request.image, "mask_image": request.mask, "strength": self._strength(request)}
        try:
            picture = self._picture(pipeline, arguments | self._prompts(request))
        finally:
            self._clean_up()
        return picture if picture.size == asked else picture.resize(asked, Image.Resampling.LANCZOS)

    @classmethod
    def _load_arguments(cls, settings: Sd3Settings) -> Mapping[str, Any]:
        """Further arguments of `from_pretrained`."""
        return {}

    @classmethod
    def _place_large_parts(cls, pipeline: DiffusionPipeline, settings: Sd3Settings) -> None:
        """Quantises and compiles, as the settings say, what is worth it."""
        place(getattr(pipeline, cls.denoiser_name), settings)

    def _share(self, inpainting: DiffusionPipeline) -> DiffusionPipeline:
        """A pipeline that paints from words with the very weights of `inpainting`."""
        return self.words_class(**inpainting.components)

    @property
    def _multiple(self) -> int:
        """Of the sides of what is painted, in pixels."""
        return MULTIPLE

    @property
    def _longest_side(self) -> int | None:
        """Of what can be painted, in pixels; None: as long as memory lasts."""
        return None

    def _size_to_paint(self, request: PaintRequest) -> tuple[int, int]:
        """Width and height in pixels."""
        asked = (request.width, request.height)
        if self._settings.resolution == "asked":
            return asked
        return size_to_paint(asked, self.own_resolution, self._multiple, self._longest_side)

    @abstractmethod
    def _strength(self, request: PaintRequest) -> float:
        """The pipeline's `strength`."""

    def _prompts(self, request: PaintRequest) -> Mapping[str, Any]:
        """The arguments that carry the words. No negative prompt is None: an empty text is something else to SDXL."""
        return {"prompt": request.prompt, "negative_prompt": request.negative_prompt.strip() or None}

    def _picture(self, pipeline: DiffusionPipeline, arguments: Mapping[str, Any]) -> Image.Image:
        return pipeline(**arguments, output_type="pil").images[0]

    def _clean_up(self) -> None:
        """As before, however the painting ended."""
        vae = self._inpainting.vae
        # SDXL's pipelines make it fp32 for a while; what fails meanwhile would leave it so.
        if vae.dtype != self._vae_dtype:
            vae.to(dtype=self._vae_dtype)
        # Only this pipeline knows of the hooks; they are on the weights, so they serve both.
        self._inpainting.maybe_free_model_hooks()

    def _tile(self, request: PaintRequest) -> None:
        """Large pictures go through the VAE in tiles: its memory, unlike the denoiser's, is what would not fit."""
        vae = self._inpainting.vae
        if max(request.width, request.height) > self._settings.tile_above:
            vae.enable_tiling()
        else:
            vae.disable_tiling()
