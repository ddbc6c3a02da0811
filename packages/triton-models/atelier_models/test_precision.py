import pytest
import torch
from torch import nn
from transformers import CLIPModel, T5Config, T5EncoderModel

from .clip.random_weights import build
from .errors import SettingsError
from .precision import place, torch_dtype
from .settings import ClipSettings
from .weight_only import Int8Linear


def settings(precision: str, **others) -> ClipSettings:
    return ClipSettings(device="cpu", precision=precision, **others)


def stack() -> nn.Module:
    """Four layers of 512 x 512 with as many GELUs."""
    torch.manual_seed(0)
    return nn.Sequential(*[layer for _ in range(4) for layer in (nn.Linear(512, 512), nn.GELU())])


def stored_bytes(module: nn.Module) -> int:
    """Of parameters and buffers, and of what bitsandbytes keeps beside its weights."""
    total = sum(t.numel() * t.element_size() for t in [*module.parameters(), *module.buffers()])
    states = [getattr(parameter, "quant_state", None) for parameter in module.parameters()]
    return total + sum(state.absmax.numel() * 4 for state in states if state is not None)


def relative_error(values: torch.Tensor, reference: torch.Tensor) -> float:
    return ((values.float() - reference).norm() / reference.norm()).item()


# Measured: bf16 0.0043, fp16 0.0005, int8 0.0089 (half of it from bf16), int4 0.106.
@pytest.mark.parametrize(
    ("precision", "most_error", "bytes_a_weight"),
    [("fp32", 0.0, 4), ("bf16", 0.01, 2), ("fp16", 0.002, 2), ("int8", 0.015, 1), ("int4", 0.2, 0.5625)],
)
@torch.inference_mode()
def test_error_and_size(precision, most_error, bytes_a_weight):
    inputs = torch.randn(64, 512)
    reference = stack()(inputs)
    placed = place(stack(), settings(precision))
    error = relative_error(placed(inputs.to(torch_dtype(settings(precision)))), reference)
    assert error <= most_error
    assert (error > 0) == (precision != "fp32")
    weights = 4 * 512 * 512 * bytes_a_weight
    assert weights <= stored_bytes(placed) <= weights * 1.01 + 4 * 512 * 8


@pytest.mark.parametrize("precision", ["int8", "int4"])
def test_what_is_left_alone(precision):
    model = nn.ModuleDict(
        {
            "layer": nn.ModuleDict({"fc1": nn.Linear(64, 64), "wo": nn.Linear(64, 64), "small": nn.Linear(64, 1)}),
            "class_head": nn.ModuleDict({"dense0": nn.Linear(64, 64)}),
            "context_embedder": nn.Linear(64, 64),
            "text_projection": nn.Linear(64, 64),
            "proj_out": nn.Linear(64, 64),
            "attention": nn.MultiheadAttention(64, 2),
        }
    )
    placed = place(model, settings(precision))
    replaced = [name for name, layer in placed.named_modules() if type(layer).__name__ in ("Int8Linear", "Linear4bit")]
    assert replaced == ["layer.fc1"]
    assert placed["proj_out"].weight.dtype == torch.bfloat16
    assert not placed.training
    assert not any(parameter.requires_grad for parameter in placed.parameters())


# Measured on the picture vectors of the tiny CLIP: bf16 0.0056, int8 0.0070, int4 0.19.
@pytest.mark.parametrize(("precision", "most_error"), [("bf16", 0.02), ("int8", 0.03), ("int4", 0.3)])
@torch.inference_mode()
def test_error_of_a_transformer(precision, most_error, tmp_path):
    build(tmp_path)
    pixels = torch.rand(4, 3, 32, 32)
    reference = CLIPModel.from_pretrained(tmp_path).get_image_features(pixels).pooler_output
    model = place(CLIPModel.from_pretrained(tmp_path), settings(precision))
    features = model.get_image_features(pixels.bfloat16()).pooler_output
    assert 0 < relative_error(features, reference) <= most_error


def test_int8_is_exact_for_whole_numbers_and_keeps_rows_of_zeros():
    layer = nn.Linear(64, 64, bias=False)
    with torch.no_grad():
        layer.weight.copy_(torch.randint(-127, 128, (64, 64)))
        layer.weight[:, 0] = 127
        layer.weight[5] = 0
    inputs = torch.randint(-8, 8, (3, 64)).float()
    assert torch.equal(Int8Linear(layer)(inputs), layer(inputs))


def test_int4_without_bitsandbytes_says_so(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "bitsandbytes.nn", None)
    with pytest.raises(SettingsError, match="int4 needs bitsandbytes"):
        place(stack(), settings("int4"))


def test_auto_is_fp32_on_a_cpu_and_bf16_on_a_gpu():
    assert torch_dtype(settings("auto")) == torch.float32
    assert torch_dtype(ClipSettings(device="cuda:1")) == torch.bfloat16


class Part(nn.Module):
    """Two layers, and a table that it computes."""

    def __init__(self):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(64, 64), nn.Linear(64, 64)
        self.register_buffer("inv_freq", 1.0001 ** torch.arange(8.0), persistent=False)


@pytest.mark.parametrize("precision", ["bf16", "fp16", "int8", "int4"])
def test_tables_stay_in_float32(precision):
    part = place(Part(), settings(precision))
    assert torch.equal(part.inv_freq, 1.0001 ** torch.arange(8.0))


@pytest.mark.parametrize("precision", ["bf16", "fp16", "int8", "int4"])
def test_what_the_library_left_in_float32_stays_so(precision):
    part = Part().to(torch_dtype(settings(precision)))
    part.fc2 = nn.Linear(64, 64)
    before = part.fc2.weight.clone()
    place(part, settings(precision))
    assert type(part.fc2) is nn.Linear and torch.equal(part.fc2.weight, before)
    assert (type(part.fc1) is nn.Linear) == (precision in ("bf16", "fp16"))
    # Loaded in another precision, nothing was left on purpose.
    assert place(Part(), settings("fp16")).fc2.weight.dtype == torch.float16


def test_t5_in_fp16_does_not_overflow(tmp_path):
    config = T5Config(
        vocab_size=8, d_model=32, d_kv=16, d_ff=64, num_layers=1, num_heads=2, feed_forward_proj="gated-gelu"
    )
    model = T5EncoderModel(config)
    feed_forward = model.encoder.block[0].layer[1].DenseReluDense
    with torch.no_grad():
        # What is 1 in all of them is some 10^5 after the products: beyond fp16, as in T5-XXL.
        model.shared.weight.fill_(1)
        feed_forward.wi_0.weight.fill_(1)
        feed_forward.wi_1.weight.fill_(1)
        feed_forward.wo.weight.fill_(2)
    model.save_pretrained(tmp_path)
    tokens = torch.zeros((1, 3), dtype=torch.int64)
    loaded = T5EncoderModel.from_pretrained(tmp_path, dtype=torch.float16)
    with torch.inference_mode():
        reference = model.eval()(tokens).last_hidden_state
        states = place(loaded, settings("fp16"))(tokens).last_hidden_state
    assert states.isfinite().all() and relative_error(states, reference) < 0.01
    assert {name for name, weight in loaded.named_parameters() if weight.dtype == torch.float32} == {
        "encoder.block.0.layer.1.DenseReluDense.wo.weight"
    }


@pytest.mark.parametrize("precision", ["int8", "int4"])
def test_quantising_can_be_declined(precision):
    part = place(Part(), settings(precision), quantised=False)
    assert type(part.fc1) is nn.Linear and part.fc1.weight.dtype == torch.bfloat16
