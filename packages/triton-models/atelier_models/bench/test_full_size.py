import json

import pytest
import torch
from transformers import CLIPModel

from .full_size.configurations import CONFIGURATIONS
from .full_size.fill import filled, parameters_of
from .full_size.tokenizers import CLIP_VOCABULARY, QWEN_VOCABULARY, clip_tokenizer, long_t5_tokenizer, qwen_tokenizer
from .full_size.vision import clip, sam


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_has_as_many_parameters_as_published(name):
    configuration = CONFIGURATIONS[name]
    assert configuration.parameters() == pytest.approx(configuration.published, rel=0.005)


def test_the_parts_of_stable_diffusion_3_have_their_sizes():
    makers = CONFIGURATIONS["sd3-medium-t5"].makers(None)
    assert {name: round(parameters_of(make) / 1e6) for name, make in makers.items()} == {
        "transformer": 2028,
        "vae": 84,
        "text_encoder": 124,
        "text_encoder_2": 695,
        "text_encoder_3": 4762,
    }


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_fewer_layers_are_fewer_parameters(name):
    configuration = CONFIGURATIONS[name]
    assert configuration.parameters(1) < configuration.parameters(2) < configuration.parameters()


def test_sam_looks_at_the_whole_picture_in_every_fourth_part_of_its_layers():
    def everywhere(size, layers):
        return sam(size, layers)["model"].args[0].vision_config.global_attn_indexes

    assert everywhere("base", None) == [2, 5, 8, 11]
    assert everywhere("huge", None) == [7, 15, 23, 31]
    assert everywhere("huge", 1) == [0]


def test_fills_in_the_dtype_and_ties_what_is_tied():
    model = filled(clip(1)["model"], "cpu", torch.bfloat16)
    weights = model.state_dict()
    assert {tensor.dtype for tensor in weights.values()} == {torch.bfloat16}
    projection = weights["visual_projection.weight"].float()
    assert float(projection.std()) == pytest.approx(0.02, rel=0.05)
    assert float(weights["vision_model.post_layernorm.weight"].min()) == 1
    assert float(weights["text_model.final_layer_norm.bias"].abs().max()) == 0


def test_what_is_written_is_loaded(tmp_path):
    CONFIGURATIONS["clip-large"].write(tmp_path, "cpu", torch.bfloat16, layers=1)
    assert json.loads((tmp_path / "config.json").read_text())["vision_config"]["hidden_size"] == 1024
    model, report = CLIPModel.from_pretrained(tmp_path, dtype=torch.bfloat16, output_loading_info=True)
    assert not report["missing_keys"] and not report["unexpected_keys"]
    assert sum(weights.numel() for weights in model.parameters()) == CONFIGURATIONS["clip-large"].parameters(1)


def test_tokenizers_have_the_published_sizes_and_give_bytes_back():
    for tokenizer, size in ((clip_tokenizer(), CLIP_VOCABULARY), (qwen_tokenizer(), QWEN_VOCABULARY + 5)):
        assert len(tokenizer) == size
    assert clip_tokenizer()("cup").input_ids[-1] == CLIP_VOCABULARY - 1
    assert len(long_t5_tokenizer()("a cup").input_ids) > 2
    assert qwen_tokenizer().decode([100_000]).strip().startswith("word")
