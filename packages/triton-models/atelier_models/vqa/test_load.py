import json
import shutil

import pytest
import torch
from transformers import (
    GenerationConfig,
    Idefics3Config,
    Idefics3ForConditionalGeneration,
    LlavaOnevisionForConditionalGeneration,
    Qwen2VLConfig,
    Qwen2VLForConditionalGeneration,
)
from transformers.models.idefics3.image_processing_pil_idefics3 import Idefics3ImageProcessorPil
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from atelier_models.errors import SettingsError
from atelier_models.settings import VqaSettings
from atelier_models.vqa.answerer import Copy
from atelier_models.vqa.load import load
from atelier_models.vqa.prompt import encode
from atelier_models.vqa.random_tokenizer import END, START, random_tokenizer
from atelier_models.vqa.random_weights import randomise

LANGUAGE = {
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 2_048,
}
TEMPLATE = """\
{%- for message in messages -%}<|im_start|>{{ message['role'] }}
{% for part in message['content'] -%}
{%- if part['type'] == 'image' -%}PICTURE{%- else -%}{{ part['text'] }}{%- endif -%}
{%- endfor -%}<|im_end|>
{% endfor -%}<|im_start|>assistant
"""


def settings(folder, **others) -> VqaSettings:
    return VqaSettings(model=str(folder), device="cpu", **others)


def tokenizer_with(*tokens):
    tokenizer = random_tokenizer()
    tokenizer.add_special_tokens({"additional_special_tokens": [START, *tokens]})
    return tokenizer


def write(folder, model, tokenizer, image_processor, processor: dict, picture: str):
    model.generation_config = GenerationConfig(eos_token_id=tokenizer.convert_tokens_to_ids(END), pad_token_id=0)
    for part in (model, tokenizer, image_processor):
        part.save_pretrained(folder)
    (folder / "processor_config.json").write_text(json.dumps(processor))
    (folder / "chat_template.jinja").write_text(TEMPLATE.replace("PICTURE", picture))
    return folder


@pytest.fixture(scope="module")
def qwen(tmp_path_factory):
    marks = ["<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>"]
    tokenizer = tokenizer_with(*marks)
    start, end, image, video = tokenizer.convert_tokens_to_ids(marks)
    config = Qwen2VLConfig(
        text_config={
            **LANGUAGE,
            "vocab_size": len(tokenizer),
            "rope_parameters": {"rope_type": "default", "mrope_section": [1, 1, 2], "rope_theta": 10_000.0},
        },
        vision_config={"depth": 2, "embed_dim": 32, "hidden_size": 32, "num_heads": 2, "patch_size": 14},
        image_token_id=image,
        video_token_id=video,
        vision_start_token_id=start,
        vision_end_token_id=end,
    )
    model = Qwen2VLForConditionalGeneration(config)
    randomise(model, 0)
    processor = {"processor_class": "Qwen2VLProcessor"}
    shown = "<|vision_start|><|image_pad|><|vision_end|>"
    return write(tmp_path_factory.mktemp("qwen"), model, tokenizer, Qwen2VLImageProcessorPil(), processor, shown)


@pytest.fixture(scope="module")
def idefics(tmp_path_factory):
    marks = ["<image>", "<fake_token_around_image>", "<global-img>", "<end_of_utterance>"]
    tokenizer = tokenizer_with(*marks)
    config = Idefics3Config(
        text_config={**LANGUAGE, "model_type": "llama", "vocab_size": len(tokenizer), "pad_token_id": 0},
        vision_config={
            "hidden_size": 32,
            "intermediate_size": 64,
            "num_hidden_layers": 2,
            "num_attention_heads": 2,
            "image_size": 56,
            "patch_size": 14,
        },
        image_token_id=tokenizer.convert_tokens_to_ids("<image>"),
        scale_factor=2,
        pad_token_id=0,
    )
    model = Idefics3ForConditionalGeneration(config)
    randomise(model, 0)
    pictures = Idefics3ImageProcessorPil(size={"longest_edge": 112}, max_image_size={"longest_edge": 56})
    processor = {"processor_class": "Idefics3Processor", "image_seq_len": 4}
    return write(tmp_path_factory.mktemp("idefics"), model, tokenizer, pictures, processor, "<image>")


@pytest.mark.parametrize("family", ["qwen", "idefics"])
def test_other_classes_answer_as_the_library_does(request, family, question, tell):
    answerer = load(settings(request.getfixturevalue(family), at_once=1))
    one: Copy = answerer._copies.get()
    answerer._copies.put(one)
    for asked in (question("Was?", 0), question("Quoi?", 1), question("무엇?", 2)):
        inputs = encode(one.processor, one.model, asked, one.plain)
        length = inputs["input_ids"].shape[1]
        with torch.inference_mode():
            tokens = one.model.generate(**inputs, max_new_tokens=asked.most_tokens, do_sample=False)[0, length:]
        text, ending = tell(answerer, asked)
        assert text == one.processor.tokenizer.decode(tokens, skip_special_tokens=True)
        assert (ending.prompt_tokens, ending.completion_tokens) == (length, len(tokens))


@pytest.mark.parametrize(("precision", "kept"), [("fp16", {"query", "gate"}), ("bf16", {"gate"}), ("int8", {"gate"})])
def test_what_the_class_keeps_in_float32_stays_so(weights, monkeypatch, question, precision, kept):
    # As BLIP-2 has its Q-Former, in fp16 alone, and mixtures of experts their gates.
    parts = {"query": "image_newline", "gate": "layers.1.post_attention_layernorm"}
    monkeypatch.setattr(LlavaOnevisionForConditionalGeneration, "_keep_in_fp32_modules", [parts["query"]])
    monkeypatch.setattr(LlavaOnevisionForConditionalGeneration, "_keep_in_fp32_modules_strict", [parts["gate"]])
    one: Copy = load(settings(weights, precision=precision, at_once=1))._copies.get()
    float32 = {name for name, tensor in one.model.named_parameters() if tensor.dtype == torch.float32}
    assert float32 == {name for name, _ in one.model.named_parameters() if any(parts[part] in name for part in kept)}
    usual = torch.float16 if precision == "fp16" else torch.bfloat16
    assert encode(one.processor, one.model, question(), one.plain)["pixel_values"].dtype == usual


def test_weights_of_another_kind(tmp_path):
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}))
    with pytest.raises(SettingsError, match="is a bert model"):
        load(settings(tmp_path))


def test_weights_without_a_chat_template(tmp_path, weights):
    folder = shutil.copytree(weights, tmp_path / "copy")
    (folder / "chat_template.jinja").unlink()
    with pytest.raises(SettingsError, match="no chat template"):
        load(settings(folder))


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("config.json", None, "has no config.json"),
        ("config.json", "{", "config.json is not JSON"),
        ("config.json", "[]", "config.json must hold a JSON object"),
        ("processor_config.json", "{", "processor_config.json is not JSON"),
        ("chat_template.jinja", "{% for", "takes no question about a picture: .*end of template"),
    ],
)
def test_a_folder_that_is_broken(tmp_path, weights, file, text, words):
    folder = shutil.copytree(weights, tmp_path / "copy")
    (folder / file).unlink()
    if text is not None:
        (folder / file).write_text(text)
    with pytest.raises(SettingsError, match=rf"^vqa: .*{words}"):
        load(settings(folder)).warm_up()
