"""The card of one model."""

import json
import math
from collections.abc import Iterator
from pathlib import Path

from safetensors import safe_open

from ..files import CURVES, METRICS, WEIGHTS
from .about import ABOUT
from .figures import figures, rows
from .making import made
from .table import table


def cards() -> dict[str, str]:
    """Markdown by the names of the models that have weights."""
    return {name: _card(name) for name in ABOUT if (WEIGHTS / name / METRICS).is_file()}


def _card(name: str) -> str:
    about, folder = ABOUT[name], WEIGHTS / name
    metrics = json.loads((folder / METRICS).read_text())
    files = sorted(folder.rglob("*.safetensors"))
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
        *made(metrics),
        "",
        *(
            [f"![What was logged while it was trained, over the steps]({CURVES})", ""]
            if (folder / CURVES).is_file()
            else []
        ),
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
    split, bars = figures()
    yield f"On scenes of the {split} split, through a tritonserver and the SDK (`npm run verify:miniature`):"
    yield ""
    yield table(["what", "asked", "reached", "of"], rows([bar for bar in bars if bar["model"] == name]))


def _parameters(files: list[Path]) -> int:
    total = 0
    for file in files:
        with safe_open(file, "np") as weights:
            for key in weights.keys():  # noqa: SIM118, it is no dict
                total += math.prod(weights.get_slice(key).get_shape())
    return total
