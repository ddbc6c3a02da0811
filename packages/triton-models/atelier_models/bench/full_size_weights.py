"""
`python -m atelier_models.bench.full_size_weights --out FOLDER`: full-size configurations with random weights, each in a
folder that the server loads (`ATELIER_OWLV2_MODEL=FOLDER/owlv2-base`), and `full-size.json`, which says what they are.
"""

import argparse
import json
import time
from pathlib import Path

import diffusers
import torch
import transformers

from .full_size.configurations import CONFIGURATIONS

_DTYPES = {"bf16": torch.bfloat16, "fp32": torch.float32}
# 9 GB alone.
_UNLESS_NAMED = ("sd3-medium-t5",)


def main() -> None:
    arguments = _arguments()
    for library in (diffusers, transformers):
        library.utils.logging.set_verbosity_error()
        library.utils.logging.disable_progress_bar()
    manifest = arguments.out / "full-size.json"
    arguments.out.mkdir(parents=True, exist_ok=True)
    written = json.loads(manifest.read_text()) if manifest.is_file() else {}
    for name in arguments.models:
        began = time.monotonic()
        configuration = CONFIGURATIONS[name]
        folder = arguments.out / name
        configuration.write(folder, arguments.device, _DTYPES[arguments.dtype], arguments.layers)
        written[name] = {
            "model": configuration.model,
            "standsFor": configuration.stands_for,
            "parameters": configuration.parameters(arguments.layers),
            "published": configuration.published,
            "layers": arguments.layers,
            "dtype": arguments.dtype,
            "settings": dict(configuration.settings),
        }
        manifest.write_text(json.dumps(written, indent=2) + "\n")
        print(_line(name, written[name], folder, time.monotonic() - began), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Full-size configurations with random weights.")
    usual = [name for name in CONFIGURATIONS if name not in _UNLESS_NAMED]
    parser.add_argument(
        "--models", type=_names, default=usual, help=f"of {', '.join(CONFIGURATIONS)}; default: {', '.join(usual)}"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--dtype", choices=_DTYPES, default="bf16")
    parser.add_argument("--layers", type=int, help="only so many layers in every tower, for a trial")
    return parser.parse_args()


def _names(text: str) -> list[str]:
    names = text.split(",")
    unknown = [name for name in names if name not in CONFIGURATIONS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(CONFIGURATIONS)}")
    return names


def _line(name: str, entry: dict, folder: Path, seconds: float) -> str:
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    shape = f"{entry['layers']} layers" if entry["layers"] else f"published {entry['published']:,}"
    return f"{name}: {entry['parameters']:,} parameters ({shape}), {size / 1e9:.2f} GB in {seconds:.0f} s"


if __name__ == "__main__":
    main()
