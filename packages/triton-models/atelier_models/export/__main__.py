"""`python -m atelier_models.export owlv2|sam|clip --out FOLDER`."""

import argparse
import logging
import sys
from pathlib import Path

from ..errors import SettingsError
from ..read_settings import read_settings
from ..settings import PROFILES
from ..weights.locate import weights_folder
from .parts import MODELS, parts_of
from .write import OPSET, check, write


def main(arguments: list[str] | None = None) -> int:
    """The exit status: 1 where the weights cannot be exported or a written file differs from the model."""
    parser = argparse.ArgumentParser(
        prog="python -m atelier_models.export", description="Writes ONNX files of a model."
    )
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("--out", type=Path, required=True, help="folder of the files")
    parser.add_argument("--profile", choices=PROFILES, default="full", help="weights (default: full)")
    parser.add_argument("--opset", type=int, default=OPSET, help=f"version of the operators (default: {OPSET})")
    parser.add_argument("--check", action="store_true", help="compare each file with the model, in onnxruntime")
    options = parser.parse_args(arguments)
    # Says for each file that torchvision is not there.
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    try:
        parameters = {"profile": options.profile, "device": "cpu", "precision": "fp32"}
        settings = read_settings(options.model, parameters)
        parts = parts_of(options.model, weights_folder(options.model, settings), settings)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    for part in parts:
        for file in write(part, options.out, options.opset):
            print(f"{file}  {file.stat().st_size / 2**20:.1f} MiB")
    return _report([difference for part in parts for difference in check(part, options.out)]) if options.check else 0


def _report(differences) -> int:
    print(f"\n{'file':<22} {'output':<18} {'max abs error':>13} {'allowed':>9}")
    for one in differences:
        print(f"{one.file:<22} {one.output:<18} {one.error:>13.2e} {one.most:>9.0e}")
    return int(any(not one.error <= one.most for one in differences))


if __name__ == "__main__":
    sys.exit(main())
