"""
All settings of all models. A value comes from, the first that says something:

1. the environment: `ATELIER_<MODEL>_<SETTING>` (`ATELIER_OWLV2_PRECISION`), then `ATELIER_<SETTING>` for all models
   (`ATELIER_DEVICE`);
2. the `parameters` of the model's config.pbtxt, by the setting's name (`precision`);
3. the default below.
"""

from dataclasses import dataclass, field

from .pictures import PictureLimits


def setting(default, about: str, choices: tuple[str, ...] = (), low: float | None = None, high: float | None = None):
    """A field with its meaning and the values that it may have."""
    return field(default=default, metadata={"about": about, "choices": choices, "low": low, "high": high})


PROFILES = ("full", "miniature", "random")
PRECISIONS = ("auto", "fp32", "bf16", "fp16", "int8", "int4")


@dataclass(frozen=True)
class ModelSettings:
    """What every model has."""

    model: str = setting("", "Name on the Hugging Face hub, or a folder that `save_pretrained` wrote")
    revision: str = setting("", "Commit of the hub's repository; empty: the one of the catalogue or of the last pull")
    profile: str = setting(
        "full",
        "full: the weights of `model`; miniature: small weights that come along and know only coloured shapes; random: "
        "tiny random weights",
        PROFILES,
    )
    device: str = setting("auto", "auto: where Triton put the instance; cpu; cuda; cuda:1")
    precision: str = setting("auto", "auto: bf16 on a GPU, fp32 on a CPU; int8 and int4 are weight-only", PRECISIONS)
    compile: bool = setting(False, "torch.compile, with a cache that outlives the server")
    threads: int = setting(0, "Processor threads of one operation; 0: as many as there are cores", low=0)
    cache: str = setting("", "Folder of random weights and compiled code; empty: atelier in the user's cache folder")
    queue: int = setting(128, "Most requests that wait; further ones are refused (503)", low=0)
    queue_seconds: float = setting(30.0, "Longest wait; who waits longer is refused (503)", low=0)
    most_picture_bytes: int = setting(32 * 2**20, "Largest file of a picture, in bytes", low=1)
    most_pixels: int = setting(40_000_000, "Largest decoded picture, in pixels", low=1)
    longest_side: int = setting(16_384, "Longest side of a decoded picture, in pixels", low=1)

    @property
    def picture_limits(self) -> PictureLimits:
        return PictureLimits(self.most_picture_bytes, self.most_pixels, self.longest_side)


@dataclass(frozen=True)
class Owlv2Settings(ModelSettings):
    model: str = setting("google/owlv2-base-patch16-ensemble", "OWLv2 or Grounding DINO, on the hub or in a folder")
    most_phrases: int = setting(100, "Most phrases a request", low=1)
    most_characters: int = setting(
        1_000, "Most characters a phrase; what the model cannot read is cut off (OWLv2: 16 tokens)", low=1
    )
    nms_iou: float = setting(0.7, "Of boxes that overlap by this IoU or more only the best is given", low=0, high=1)
    nms: str = setting("class-agnostic", "Which boxes rival each other", ("class-agnostic", "per-phrase"))
    phrase_cache: int = setting(4_096, "Phrases whose embeddings are kept; Grounding DINO keeps none", low=0)
    cache_bytes: int = setting(
        256 * 2**20,
        "Bytes of kept pictures' features; the longest unused go first; 0: none; Grounding DINO keeps none",
        low=0,
    )


@dataclass(frozen=True)
class SamSettings(ModelSettings):
    model: str = setting("facebook/sam-vit-huge", "SAM (ViT-B, L, H) or SAM 2, on the hub or in a folder")
    cache_bytes: int = setting(512 * 2**20, "Bytes of kept embeddings; the longest unused go first", low=0)
    encode_at_once: int = setting(4, "New pictures that go through the image encoder together", low=1)
    most_prompts: int = setting(64, "Most prompts a request", low=1)
    most_points: int = setting(1_024, "Most points a request", low=1)
    smallest_part: float = setting(
        0.002, "Holes and islands below this part of the mask's area are cleaned away; 0: none", low=0, high=1
    )


@dataclass(frozen=True)
class Sd3Settings(ModelSettings):
    model: str = setting(
        "stabilityai/stable-diffusion-3-medium-diffusers",
        "A diffusers pipeline that inpaints, on the hub or in a folder",
    )
    queue: int = setting(16, "Most requests that wait; further ones are refused (503)", low=0)
    queue_seconds: float = setting(300.0, "Longest wait; who waits longer is refused (503)", low=0)
    most_steps: int = setting(200, "Most denoising steps a request", low=1)
    longest_edge: int = setting(2_048, "Most of WIDTH and HEIGHT, in pixels", low=64)
    most_characters: int = setting(4_000, "Most characters of a prompt", low=1)
    text_encoder_3: bool = setting(True, "SD3's T5 encoder: 9 GB in bf16; without it long prompts lose detail")
    offload: bool = setting(False, "Moves parts to the GPU only while they work: slower, fits smaller GPUs")
    resolution: str = setting(
        "auto",
        "auto: what is more than twice as large as the pictures of the weights' training is painted at their size and "
        "enlarged; asked: always as WIDTH and HEIGHT say",
        ("auto", "asked"),
    )
    tile_above: int = setting(1_536, "Pictures with a longer side go through the VAE in tiles, in pixels", low=64)


@dataclass(frozen=True)
class VqaSettings(ModelSettings):
    model: str = setting(
        "lmms-lab/LLaVA-OneVision-1.5-4B-Instruct",
        "Any image-text-to-text model of transformers, on the hub or in a folder",
    )
    trust_remote_code: bool = setting(False, "Runs Python that comes with the weights; needed by the default model")
    most_tokens: int = setting(4_096, "Most tokens of an answer; MAX_TOKENS beyond it is cut to it", low=1)
    most_pictures: int = setting(16, "Most pictures a request", low=0)
    most_characters: int = setting(100_000, "Most characters of MESSAGES", low=1)
    at_once: int = setting(2, "Answers generated at the same time by one instance; others wait", low=1)
    queue: int = setting(32, "Most requests that wait; further ones are refused (503)", low=0)
    queue_seconds: float = setting(120.0, "Longest wait; who waits longer is refused (503)", low=0)


@dataclass(frozen=True)
class ClipSettings(ModelSettings):
    model: str = setting("openai/clip-vit-large-patch14", "A CLIP or SigLIP model, on the hub or in a folder")
    most_items: int = setting(256, "Most pictures or texts a request", low=1)
    most_characters: int = setting(10_000, "Most characters a text; what the model cannot read is cut off", low=1)
    vector_cache: int = setting(16_384, "Vectors of pictures and texts that are kept", low=0)


SETTINGS: dict[str, type[ModelSettings]] = {
    "vqa": VqaSettings,
    "owlv2": Owlv2Settings,
    "sam": SamSettings,
    "sd3": Sd3Settings,
    "clip": ClipSettings,
}
