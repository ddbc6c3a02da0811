"""torch.compile with a cache that outlives the process."""

import functools
import os

import torch

from .errors import SettingsError
from .read_settings import cache_folder
from .settings import ModelSettings


def compile_forward(module: torch.nn.Module, settings: ModelSettings) -> torch.nn.Module:
    """
    The same module with its forward compiled at the first call, which is why every `warm_up` runs the real path; what
    cannot be compiled is a `SettingsError` then. Programs are kept in `compiled` of the cache folder, where the next
    process finds them; their keys hold the versions of torch and of the compiler, the kind of GPU and the options.

    A dimension begins fixed and becomes free once a second size of it is seen; a size of 1 always stays a program of
    its own. So warm up with a batch of 1, one of 2 with other sizes of all that varies, and one of 1 with those other
    sizes: then no request compiles anything.
    """
    folder = cache_folder(settings) / "compiled"
    folder.mkdir(parents=True, exist_ok=True)
    # The compilers have no other way to be told. Always set: torch writes its own default there when it is imported.
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = str(folder)
    os.environ["TRITON_CACHE_DIR"] = str(folder / "triton")
    module.forward = _explained(torch.compile(module.forward), type(module).__name__)
    return module


def _explained(compiled, name: str):
    @functools.wraps(compiled)
    def forward(*args, **kwargs):
        try:
            return compiled(*args, **kwargs)
        except torch._dynamo.exc.TorchDynamoException as error:
            reason = str(error).strip().split("\n")[0]
            raise SettingsError(f"{name} cannot be compiled here ({reason}); set compile to false.") from error

    return forward
