"""
Which files of a repository are needed. Repositories hold the same weights several times (pickled, safetensors, half
precision, ONNX, one file for other programs); `from_pretrained` reads one of them.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

_TEXTS = (".json", ".txt", ".model", ".jinja")
# What tells a folder of a diffusers pipeline that its components are read from.
_CONFIGS = ("config.json", "scheduler_config.json", "tokenizer_config.json", "preprocessor_config.json")
_PART = r"(-\d{5}-of-(?P<parts>\d{5}))?"
# In the order of preference: never unpickled where safetensors exist.
_WEIGHTS = tuple(
    re.compile(rf"(?P<stem>{stem}){_PART}\.{ending}")
    for stem, ending in (
        ("model|diffusion_pytorch_model", "safetensors"),
        ("pytorch_model|diffusion_pytorch_model", "bin"),
    )
)


def needed_files(paths: Iterable[str], remote_code: bool = False, skip: Iterable[str] = ()) -> list[str]:
    """
    Of the paths of a repository those that loading it reads, sorted. `skip`: folders whose weights are not wanted.
    Empty when there are no weights in a form that is read here, or a part of them is missing.
    """
    paths = sorted(paths)
    skip = set(skip)
    pipeline = "model_index.json" in paths
    needed: list[str] = []
    found = False
    for folder in _components(paths) if pipeline else [""]:
        names = [PurePosixPath(path).name for path in paths if _folder(path) == folder]
        weights = _weights(names)
        if weights is None:
            return []
        found = found or bool(weights)
        wanted = [] if folder in skip else weights
        needed += [_join(folder, name) for name in [*_texts(names), *wanted]]
    needed += [path for path in paths if remote_code and path.endswith(".py")]
    needed += [
        path for path in paths if _folder(path) == "" and path.upper().startswith(("LICENSE", "LICENCE", "NOTICE"))
    ]
    if pipeline:
        needed.append("model_index.json")
    return sorted(set(needed)) if found else []


def skipped_folders(settings: object) -> tuple[str, ...]:
    """Folders whose weights these settings do not load."""
    return () if getattr(settings, "text_encoder_3", True) else ("text_encoder_3",)


def total_bytes(files: Iterable[str], sizes: Mapping[str, int]) -> int:
    return sum(sizes[file] for file in files)


def _components(paths: list[str]) -> list[str]:
    return sorted({_folder(path) for path in paths if path.count("/") == 1 and path.split("/")[1] in _CONFIGS})


def _weights(names: list[str]) -> list[str] | None:
    """The files of one set of weights with its index; empty if there are none, None if parts are missing."""
    for pattern in _WEIGHTS:
        matches = {name: match for name in names if (match := pattern.fullmatch(name))}
        parts = [name for name, match in matches.items() if match["parts"]]
        whole = [name for name in matches if name not in parts]
        # transformers reads the one file first, diffusers the parts.
        if parts and not (whole and "diffusion" not in whole[0]):
            complete = len(parts) == int(matches[parts[0]]["parts"])
            index = re.sub(r"-\d{5}-of-\d{5}", "", parts[0]) + ".index.json"
            return [*parts, index] if complete and index in names else None
        if whole:
            return whole
    return []


def _texts(names: list[str]) -> list[str]:
    return [name for name in names if name.endswith(_TEXTS) and ".index." not in name]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
