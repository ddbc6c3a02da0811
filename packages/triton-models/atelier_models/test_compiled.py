import pytest
import torch
from torch import nn
from torch._dynamo.utils import counters

from .errors import SettingsError
from .precision import place
from .settings import ClipSettings


class Doubled(nn.Module):
    def forward(self, values: torch.Tensor) -> torch.Tensor:
        return torch.sin(values) * 2


@pytest.fixture
def settings(tmp_path, monkeypatch):
    for variable in ("TORCHINDUCTOR_CACHE_DIR", "TRITON_CACHE_DIR"):
        monkeypatch.setenv(variable, "")
    yield ClipSettings(device="cpu", compile=True, cache=str(tmp_path))
    torch._dynamo.reset()


@torch.inference_mode()
def test_the_next_process_finds_what_was_compiled_and_sizes_do_not_compile_for_ever(settings, tmp_path):
    def run() -> None:
        torch._dynamo.reset()
        counters.clear()
        module = place(Doubled(), settings)
        for rows in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12):
            values = torch.rand(rows, 7)
            assert torch.allclose(module(values), Doubled()(values))

    run()
    assert counters["stats"]["unique_graphs"] == 2
    assert counters["aot_autograd"]["autograd_cache_miss"] == 2
    assert any((tmp_path / "compiled").rglob("*.so"))
    run()
    assert counters["aot_autograd"]["autograd_cache_miss"] == 0
    assert counters["aot_autograd"]["autograd_cache_hit"] == 2


@torch.inference_mode()
def test_where_nothing_can_be_compiled_it_says_so(settings):
    with (
        torch._inductor.config.patch({"cpp.cxx": ("/no/such/compiler",), "force_disable_caches": True}),
        pytest.raises(SettingsError, match=r"Doubled cannot be compiled here \(.+\); set compile to false"),
    ):
        place(Doubled(), settings)(torch.rand(3, 11))
