"""
The model cards: `python -m miniature.cards` writes weights/<model>/README.md of each model from its weights, its
metrics.json (how it was made) and figures.json (what it reaches, as `npm run verify:miniature -- --write` measured it).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import safe_open

_HERE = Path(__file__).resolve().parent
WEIGHTS, FIGURES = _HERE / "weights", _HERE / "figures.json"


@dataclass(frozen=True)
class About:
    """architecture: the class that reads the weights. task: of the hub's `pipeline_tag`."""

    architecture: str
    library: str
    task: str
    does: str
    limits: str


ABOUT = {
    "owlv2": About(
        "Owlv2ForObjectDetection",
        "transformers",
        "zero-shot-object-detection",
        "Finds coloured shapes by phrases: `red ball`, `a small blue cube`, `the rings`, `green thing`.",
        "It reads no other words: of a phrase with unknown ones it sees only the known.",
    ),
    "sam": About(
        "SamModel",
        "transformers",
        "mask-generation",
        "Cuts out what a box or points lead to.",
        "It has seen shapes with clear outlines on quiet grounds, and nothing else.",
    ),
    "vqa": About(
        "LlavaOnevisionForConditionalGeneration",
        "transformers",
        "image-text-to-text",
        "Answers questions about number, colour, shape, place, relation, presence and size, in forms that it learned.",
        "A question of another form gets an answer of one of its forms, which may be wrong. English only.",
    ),
    "clip": About(
        "CLIPModel",
        "transformers",
        "zero-shot-image-classification",
        "Compares pictures with descriptions such as `a large red ball and a blue cube on a grey background`.",
        "Its vectors mean nothing for other pictures and texts.",
    ),
    "sd3": About(
        "StableDiffusion3InpaintPipeline",
        "diffusers",
        "image-to-image",
        "Paints a shape into a masked place (`a blue cube`), or the ground where a thing was taken away.",
        "It only inpaints, at 128 pixels.",
    ),
}


def main() -> None:
    for name in ABOUT:
        path = WEIGHTS / name / "README.md"
        making = path.with_suffix(".making")
        making.write_text(card(name))
        making.replace(path)


def card(name: str) -> str:
    """Markdown of the card of a model whose weights and metrics are there."""
    about = ABOUT[name]
    metrics = json.loads((WEIGHTS / name / "metrics.json").read_text())
    files = sorted((WEIGHTS / name).rglob("*.safetensors"))
    size = sum(file.stat().st_size for file in files)
    lines = [
        "---",
        "license: apache-2.0",
        f"library_name: {about.library}",
        f"pipeline_tag: {about.task}",
        "language: en",
        "tags: [blockworld, miniature]",
        "---",
        "",
        f"# {name} in miniature",
        "",
        f"`{about.architecture}` with {_parameters(files) / 1e6:.2f} million parameters ({size / 1e6:.1f} MB in half "
        f"precision), trained from scratch on Blockworld. {about.does}",
        "",
        "For tests: it sees what it says, but only in this world. It knows nothing of photographs.",
        "",
        "## What it reaches",
        "",
        *_reached(name),
        "",
        "## How it was made",
        "",
        "```sh",
        f"{metrics['command']}",
        "```",
        "",
        *_made(metrics),
        "",
        "## Limits",
        "",
        about.limits,
        "",
        "## Licence",
        "",
        "Apache-2.0, like the code. The pictures are drawn by `miniature.blockworld`; nothing of others is in it.",
        "",
    ]
    return "\n".join(lines)


def _reached(name: str) -> Iterator[str]:
    """A table of the model's bars, missed ones marked as such."""
    figures = json.loads(FIGURES.read_text())
    yield f"On scenes of the {figures['split']} split, through a tritonserver and the SDK (`npm run verify:miniature`):"
    yield ""
    yield "| what | asked | reached | of |"
    yield "| --- | --- | --- | --- |"
    for bar in figures["bars"]:
        # Times are of one machine on one day; they stand in figures.json.
        if bar["model"] == name and bar["unit"] != "ms":
            yield f"| {bar['what']} | {_asked(bar)} | {_number(bar, bar['value'])}{_missed(bar)} | {bar['count']} |"


def _asked(bar: dict[str, Any]) -> str:
    return f">= {_number(bar, bar['least'])}" if "least" in bar else f"<= {_number(bar, bar['most'])}"


def _missed(bar: dict[str, Any]) -> str:
    reached = bar.get("least", float("-inf")) <= bar["value"] <= bar.get("most", float("inf"))
    return "" if reached else " (missed)"


def _number(bar: dict[str, Any], value: float) -> str:
    return f"{100 * value:.1f} %" if bar["unit"] == "share" else str(value)


def _made(metrics: dict[str, Any]) -> Iterator[str]:
    """What the training left in metrics.json, numbers and texts one a line; what is nested in a line of JSON."""
    for key, value in metrics.items():
        if key == "command":
            continue
        shown = f"{value:.4g}" if isinstance(value, float) else value if isinstance(value, str) else json.dumps(value)
        yield f"- {key.replace('_', ' ')}: {shown}"


def _parameters(files: list[Path]) -> int:
    total = 0
    for file in files:
        with safe_open(file, "np") as weights:
            for key in weights.keys():  # noqa: SIM118, it is no dict
                size = 1
                for length in weights.get_slice(key).get_shape():
                    size *= length
                total += size
    return total


if __name__ == "__main__":
    main()
