"""The weights that the models are made for: where they are, what they weigh, and under which licence they come."""

from dataclasses import dataclass

HUB = "https://huggingface.co"


@dataclass(frozen=True)
class Licence:
    """`name`: as SPDX writes it, where it has one. `means`: one sentence, for a person who must decide."""

    name: str
    means: str
    url: str


_APACHE = Licence(
    "Apache-2.0",
    "Free for any use, commercial too, with the licence text kept.",
    "https://www.apache.org/licenses/LICENSE-2.0",
)
_MIT = Licence(
    "MIT",
    "Free for any use, commercial too; the model card asks not to deploy it untested.",
    "https://github.com/openai/CLIP/blob/main/LICENSE",
)
_STABILITY = Licence(
    "Stability AI Community License",
    "Free for research and for businesses below a million dollars of revenue a year; above that a paid one is needed.",
    "https://stability.ai/license",
)
_OPENRAIL_XL = Licence(
    "CreativeML Open RAIL++-M",
    "Free for any use, commercial too, except the harmful uses that it lists.",
    f"{HUB}/stabilityai/stable-diffusion-xl-base-1.0/blob/main/LICENSE.md",
)
_OPENRAIL = Licence(
    "CreativeML Open RAIL-M",
    "The repository states no licence; the Stable Diffusion weights it is made from allow all but listed harmful uses.",
    f"{HUB}/spaces/CompVis/stable-diffusion-license",
)


@dataclass(frozen=True)
class Caution:
    """
    What is worth knowing before somebody fetches them. `code`: stable, for programs. `means`: one sentence. `instead`:
    weights of the catalogue that do not have the fault.
    """

    code: str
    means: str
    instead: str


@dataclass(frozen=True)
class Weights:
    """
    One repository of the hub. `bytes`: about what a pull fetches, used while the hub cannot be asked. `gated`: its
    licence must be accepted on `gate_url` by the account of the token. `remote_code`: its Python runs in the server.
    `revision`: a commit that was seen in public (see `CATALOGUE`); None: a pull takes the newest one and locks it.
    `caution`: a fault that is known of them.
    """

    model: str
    id: str
    licence: Licence
    bytes: int
    revision: str | None
    gated: bool = False
    remote_code: bool = False
    caution: Caution | None = None

    @property
    def gate_url(self) -> str | None:
        return f"{HUB}/{self.id}" if self.gated else None


# Every commit was read in public material of 2023 to 2026 that names repository and commit together: paths of hub
# caches (`models--.../snapshots/<commit>`), pins in lock files with the checksums of the weights, pages of the hub
# (`/tree/<commit>`). All of them hold safetensors. "page": seen on a page of the hub; "pins": in several projects.
_ALL = (
    # Cache path of one evaluation script. Its code is not in transformers 5.23, hence `remote_code`.
    Weights(
        "vqa",
        "lmms-lab/LLaVA-OneVision-1.5-4B-Instruct",
        _APACHE,
        9_500_000_000,
        "3ad1d8780ca1e4c62c5dab3d5e17d28a66c5e7a0",
        remote_code=True,
        caution=Caution(
            "code-of-older-library",
            "its Python is reported not to work with transformers 5.",
            "llava-hf/llava-onevision-qwen2-0.5b-ov-hf",
        ),
    ),
    # Pins; weights of 1,787,445,680 bytes.
    Weights(
        "vqa",
        "llava-hf/llava-onevision-qwen2-0.5b-ov-hf",
        _APACHE,
        1_799_000_000,
        "74dd0bf867a4cda7950c17663794267c60cf4b40",
    ),
    # Pins; weights of 619,918,824 bytes.
    Weights(
        "owlv2",
        "google/owlv2-base-patch16-ensemble",
        _APACHE,
        621_500_000,
        "cfd3195ba4ea9592eec887ded089f4c08eff231d",
    ),
    # Page.
    Weights(
        "owlv2",
        "google/owlv2-large-patch14-ensemble",
        _APACHE,
        1_752_000_000,
        "95e26936e865f87db1742128404b3c035d47d89d",
    ),
    # Pins.
    Weights(
        "owlv2", "IDEA-Research/grounding-dino-tiny", _APACHE, 690_000_000, "a2bb814dd30d776dcf7e30523b00659f4f141c71"
    ),
    # The three: pins, and a register read from the hub's API.
    Weights("sam", "facebook/sam-vit-base", _APACHE, 375_000_000, "70c1a07f894ebb5b307fd9eaaee97b9dfc16068f"),
    Weights("sam", "facebook/sam-vit-large", _APACHE, 1_250_000_000, "6851e0441005b0fb96f2cc4dfac472f3d1b14af1"),
    Weights("sam", "facebook/sam-vit-huge", _APACHE, 2_565_000_000, "87aecf0df4ce6b30cd7de76e87673c49644bdf67"),
    # Pins; weights of 184,305,280 and 897,897,416 bytes.
    Weights("sam", "facebook/sam2.1-hiera-small", _APACHE, 184_350_000, "ee5bba1d82bb8749febdf90f45e84b687142ba03"),
    Weights("sam", "facebook/sam2.1-hiera-large", _APACHE, 897_950_000, "665f8e2ad61cf5f53d65644ff27c8ee525124610"),
    # Pins.
    Weights(
        "sd3",
        "stabilityai/stable-diffusion-3-medium-diffusers",
        _STABILITY,
        15_500_000_000,
        "ea42f8cef0f178587cf766dc8129abd379c90671",
        gated=True,
    ),
    # Pins and page.
    Weights(
        "sd3",
        "diffusers/stable-diffusion-xl-1.0-inpainting-0.1",
        _OPENRAIL_XL,
        13_900_000_000,
        "115134f363124c53c7d878647567d04daf26e41e",
    ),
    # Page. PowerPaint V1 in the layout of diffusers.
    Weights(
        "sd3",
        "Sanster/PowerPaint-V1-stable-diffusion-inpainting",
        _OPENRAIL,
        5_490_000_000,
        "0b78ebad4bdb11b6653ec1242b1640c2fb857f35",
    ),
    # Pins.
    Weights("clip", "openai/clip-vit-large-patch14", _MIT, 1_715_000_000, "32bd64288804d66eefd0ccbe215aa642df71cc41"),
    # Pins; weights of 605,157,884 bytes. The newest commit has pickled weights only: this one is the hub's own
    # conversion of it to safetensors, which never was merged.
    Weights("clip", "openai/clip-vit-base-patch32", _MIT, 609_000_000, "c237dc49a33fc61debc9276459120b7eac67e7ef"),
)

CATALOGUE: dict[str, Weights] = {weights.id: weights for weights in _ALL}


def caution_of(id: str) -> dict | None:
    """
    `{"code", "means", "setting": the variable with its value that avoids it, "bytes": about what a pull then fetches}`.
    """
    known = CATALOGUE.get(id)
    if known is None or known.caution is None:
        return None
    instead = CATALOGUE[known.caution.instead]
    setting = f"ATELIER_{instead.model.upper()}_MODEL={instead.id}"
    return {
        "code": known.caution.code,
        "means": known.caution.means,
        "setting": setting,
        "bytes": instead.bytes,
    }
