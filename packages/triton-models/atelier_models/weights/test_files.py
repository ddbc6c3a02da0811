"""Which files are chosen, from repositories laid out as the real ones are."""

import pytest

from ..settings import ClipSettings, Sd3Settings
from .files import needed_files, skipped_folders

CLIP = [
    *(".gitattributes", "README.md", "config.json", "merges.txt", "preprocessor_config.json"),
    *("special_tokens_map.json", "tokenizer.json", "tokenizer_config.json", "vocab.json"),
    *("flax_model.msgpack", "tf_model.h5", "pytorch_model.bin", "model.safetensors", "model.fp16.safetensors"),
    *("onnx/model.onnx", "onnx/config.json", "openvino/openvino_model.bin"),
]
SD3 = [
    *("model_index.json", "LICENSE", "README.md", "sd3_medium.safetensors"),
    *("scheduler/scheduler_config.json", "text_encoders/clip_g.safetensors", "text_encoders/t5xxl_fp16.safetensors"),
    *("text_encoder/config.json", "text_encoder/model.safetensors", "text_encoder/model.fp16.safetensors"),
    *("text_encoder_3/config.json", "text_encoder_3/model-00001-of-00002.safetensors"),
    *("text_encoder_3/model-00002-of-00002.safetensors", "text_encoder_3/model.safetensors.index.json"),
    *("text_encoder_3/model.fp16-00001-of-00002.safetensors", "text_encoder_3/model.safetensors.index.fp16.json"),
    *("tokenizer_3/spiece.model", "tokenizer_3/tokenizer_config.json", "tokenizer_3/tokenizer.json"),
    *("transformer/config.json", "transformer/diffusion_pytorch_model.safetensors"),
    *("vae/config.json", "vae/diffusion_pytorch_model.safetensors", "vae/diffusion_pytorch_model.bin"),
]


def test_of_a_model_the_safetensors_and_texts():
    assert needed_files(CLIP) == [
        *("config.json", "merges.txt", "model.safetensors", "preprocessor_config.json", "special_tokens_map.json"),
        *("tokenizer.json", "tokenizer_config.json", "vocab.json"),
    ]


def test_pickled_weights_only_where_there_are_no_others():
    without = [path for path in CLIP if not path.endswith(".safetensors")]
    assert [path for path in needed_files(without) if path not in needed_files(CLIP)] == ["pytorch_model.bin"]


def test_half_precision_alone_is_not_what_is_loaded():
    assert needed_files(["config.json", "model.fp16.safetensors"]) == []


def test_of_a_pipeline_the_components_in_one_precision():
    assert needed_files(SD3) == [
        *("LICENSE", "model_index.json", "scheduler/scheduler_config.json"),
        *("text_encoder/config.json", "text_encoder/model.safetensors", "text_encoder_3/config.json"),
        *("text_encoder_3/model-00001-of-00002.safetensors", "text_encoder_3/model-00002-of-00002.safetensors"),
        "text_encoder_3/model.safetensors.index.json",
        *("tokenizer_3/spiece.model", "tokenizer_3/tokenizer.json", "tokenizer_3/tokenizer_config.json"),
        *("transformer/config.json", "transformer/diffusion_pytorch_model.safetensors"),
        *("vae/config.json", "vae/diffusion_pytorch_model.safetensors"),
    ]


def test_without_t5_its_weights_are_not_fetched():
    skip = skipped_folders(Sd3Settings(text_encoder_3=False))
    left_out = set(needed_files(SD3)) - set(needed_files(SD3, skip=skip))
    assert {path.partition("/")[0] for path in left_out} == {"text_encoder_3"}
    assert "text_encoder_3/config.json" not in left_out
    assert skipped_folders(Sd3Settings()) == skipped_folders(ClipSettings()) == ()


def test_python_only_when_it_may_run():
    paths = ["config.json", "model.safetensors", "modeling_x.py", "parts/blocks.py"]
    assert needed_files(paths) == ["config.json", "model.safetensors"]
    assert needed_files(paths, remote_code=True) == paths


@pytest.mark.parametrize(
    "left_out", ["text_encoder_3/model-00002-of-00002.safetensors", "text_encoder_3/model.safetensors.index.json"]
)
def test_parts_that_are_missing_are_no_weights(left_out: str):
    assert needed_files([path for path in SD3 if path != left_out]) == []


def test_of_one_file_and_parts_what_the_library_reads():
    parts = ["{}-00001-of-00001.safetensors", "{}.safetensors", "{}.safetensors.index.json"]
    for stem, read in (("model", parts[1:2]), ("diffusion_pytorch_model", [parts[0], parts[2]])):
        repository = ["config.json", *(part.format(stem) for part in parts)]
        assert needed_files(repository) == sorted(["config.json", *(part.format(stem) for part in read)])
