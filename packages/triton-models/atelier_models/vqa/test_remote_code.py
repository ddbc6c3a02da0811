import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy
import pytest
import torch
from huggingface_hub import constants
from safetensors.torch import load_file, save_file
from transformers import dynamic_module_utils

from atelier_models.errors import SettingsError
from atelier_models.settings import VqaSettings
from atelier_models.vqa import load as loading
from atelier_models.vqa.load import load
from atelier_models.vqa.prompt import encode
from atelier_models.vqa.remote_code import check_remote_code
from atelier_models.weights.lock import lock

# Of an older style: a table made while the model is built and not saved, weights whose initial values are written in
# place, names of parts that changed since the weights were saved, and the state of a request in the module.
CODE = """
import time
import torch
from torch import nn
from transformers import GenerationMixin, PretrainedConfig, PreTrainedModel
from transformers.modeling_outputs import CausalLMOutputWithPast

class ParrotConfig(PretrainedConfig):
    model_type = "parrot"
    def __init__(self, vocab_size=300, **kwargs):
        self.vocab_size = vocab_size
        super().__init__(**kwargs)

class ParrotForAnswers(PreTrainedModel, GenerationMixin):
    config_class = ParrotConfig
    _checkpoint_conversion_mapping = {"^old_head": "head"}

    def __init__(self, config):
        super().__init__(config)
        self.head = nn.Linear(8, config.vocab_size)
        self.gain = nn.Parameter(torch.ones(8))
        self.register_buffer("table", torch.arange(64, dtype=torch.float).reshape(8, 8).sin() * 4, persistent=False)
        self.prompt = None
        self.post_init()

    def _init_weights(self, module):
        if module is self:
            self.gain.data.normal_()

    def forward(self, input_ids, pixel_values=None, image_sizes=None, batch_num_images=None, attention_mask=None, **_):
        time.sleep(0.001)
        start = self.prompt
        if start is None or not torch.equal(input_ids[:, : start.shape[1]], start):
            self.prompt = input_ids
        step = input_ids.shape[1] - self.prompt.shape[1]
        seen = 0 if pixel_values is None else pixel_values.float().mean()
        hidden = (self.table[(input_ids[:, -1:] + step) % 8] + seen) * self.gain
        return CausalLMOutputWithPast(logits=self.head(hidden.to(self.head.weight.dtype)))
"""


@pytest.fixture(autouse=True, scope="module")
def _no_traces(tmp_path_factory):
    """Code that is run is copied into the library's cache first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dynamic_module_utils, "HF_MODULES_CACHE", str(tmp_path_factory.mktemp("modules")))
        yield


@pytest.fixture(scope="module")
def parrot(tmp_path_factory, weights):
    return make(shutil.copytree(weights, tmp_path_factory.mktemp("parrot") / "weights"), "AutoModelForCausalLM")


def make(folder, auto_class: str, code: str = CODE):
    tokens = len(json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"])
    auto_map = {"AutoConfig": "parrot.ParrotConfig", auto_class: "parrot.ParrotForAnswers"}
    values = {"model_type": "parrot", "vocab_size": tokens, "auto_map": auto_map}
    (folder / "config.json").write_text(json.dumps(values))
    (folder / "generation_config.json").write_text(json.dumps({"eos_token_id": 3, "use_cache": False}))
    (folder / "parrot.py").write_text(code)
    numbers = numpy.random.default_rng(0)
    shapes = {"old_head.weight": (tokens, 8), "old_head.bias": (tokens,), "gain": (8,)}
    tensors = {name: torch.from_numpy(numbers.random(shape, numpy.float32) - 0.5) for name, shape in shapes.items()}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    return folder


def settings(folder, **others) -> VqaSettings:
    return VqaSettings(model=str(folder), device="cpu", **others)


def test_is_not_run_unless_trusted(parrot):
    with pytest.raises(SettingsError, match=r"ATELIER_VQA_TRUST_REMOTE_CODE=true; .*llava-hf/llava-onevision"):
        load(settings(parrot))


def test_the_default_model_asks_for_trust_before_anything_is_fetched():
    with pytest.raises(SettingsError, match="ATELIER_VQA_TRUST_REMOTE_CODE=true"):
        load(VqaSettings(device="cpu"))


def test_code_of_the_hub_is_only_run_at_a_commit_that_a_person_chose(tmp_path, monkeypatch):
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    chosen = "0123456789abcdef0123456789abcdef01234567"
    trusted = VqaSettings(trust_remote_code=True)
    # The catalogue proposes a commit, but nobody chose it.
    with pytest.raises(SettingsError, match=r"atelier triton pull --models vqa.*ATELIER_VQA_REVISION"):
        check_remote_code(trusted)
    with pytest.raises(SettingsError, match="40 hexadecimal digits"):
        check_remote_code(replace(trusted, revision="main"))
    check_remote_code(replace(trusted, revision=chosen))
    lock({trusted.model: chosen})
    check_remote_code(trusted)


def test_is_run_when_trusted_with_all_that_was_saved_and_made(parrot, question, tell):
    answerer = load(settings(parrot, trust_remote_code=True))
    model = answerer._copies.get().model
    saved = load_file(parrot / "model.safetensors")
    assert model.gain.equal(saved["gain"])
    assert model.head.weight.equal(saved["old_head.weight"])
    assert model.table[3, 5] == pytest.approx(4 * numpy.sin(29), abs=1e-5)
    text, ending = tell(answerer, question())
    assert text
    assert ending.completion_tokens == 24 or ending.finish_reason == "stop"


@pytest.mark.parametrize(
    ("precision", "strict", "dtype"),
    [("fp16", "", "float32"), ("bf16", "", "bfloat16"), ("fp16", "_strict", "float32"), ("bf16", "_strict", "float32")],
)
def test_what_the_code_keeps_in_float32_stays_so(tmp_path, weights, question, tell, precision, strict, dtype):
    code = CODE.replace("_checkpoint", f"_keep_in_fp32_modules{strict} = ['gain']\n    _checkpoint", 1)
    folder = make(shutil.copytree(weights, tmp_path / "copy"), "AutoModelForCausalLM", code)
    answerer = load(settings(folder, trust_remote_code=True, precision=precision, at_once=1))
    assert tell(answerer, question())[0]
    model, processor, plain = answerer._copies.get()
    assert str(model.gain.dtype) == f"torch.{dtype}"
    pictures = encode(processor, model, question(), plain)["pixel_values"]
    assert pictures.dtype == model.head.weight.dtype != torch.float32
    # The very numbers of the file, not those of a half that was made larger again.
    if dtype == "float32":
        assert model.gain.equal(load_file(folder / "model.safetensors")["gain"])


def test_a_class_for_pictures_and_text_is_taken_too(tmp_path, weights, question, tell):
    folder = make(shutil.copytree(weights, tmp_path / "copy"), "AutoModelForImageTextToText")
    assert tell(load(settings(folder, trust_remote_code=True)), question())[0]


def test_state_in_the_module_does_not_mix_up_answers_at_the_same_time(parrot, question, tell, monkeypatch):
    asked = [question(f"{number}", number % 2, 12, 1.0, number) for number in range(4)]

    def at_the_same_time(answerer):
        with ThreadPoolExecutor(3) as threads:
            return list(threads.map(lambda one: tell(answerer, one), asked))

    answerer = load(settings(parrot, trust_remote_code=True, at_once=3))
    alone = [tell(answerer, one) for one in asked]
    assert at_the_same_time(answerer) == alone
    # And it does where the module is shared.
    monkeypatch.setattr(loading, "twin", lambda model: model)
    assert at_the_same_time(load(settings(parrot, trust_remote_code=True, at_once=3))) != alone


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import time", "import time\nfrom transformers import OfAnotherVersion"),
        ("step = input_ids", "self.of_another_version()\n        step = input_ids"),
    ],
)
def test_code_that_does_not_work_here_is_said_so(tmp_path, weights, before, after):
    folder = make(shutil.copytree(weights, tmp_path / "copy"), "AutoModelForCausalLM", CODE.replace(before, after))
    with pytest.raises(SettingsError, match=r"does not work with transformers .*OfAnotherVersion|of_another_version"):
        load(settings(folder, trust_remote_code=True))


def test_weights_that_do_not_fit_the_code(tmp_path, weights):
    folder = make(shutil.copytree(weights, tmp_path / "copy"), "AutoModelForCausalLM")
    saved = load_file(folder / "model.safetensors")
    save_file({name: tensor for name, tensor in saved.items() if name != "gain"}, folder / "model.safetensors")
    with pytest.raises(SettingsError, match="no weights for gain"):
        load(settings(folder, trust_remote_code=True))
    save_file({**saved, "more": saved["gain"].clone()}, folder / "model.safetensors")
    with pytest.raises(SettingsError, match="has more, for which ParrotForAnswers has no place"):
        load(settings(folder, trust_remote_code=True))


def test_code_beside_a_model_of_the_library_is_never_run(tmp_path, weights):
    folder = shutil.copytree(weights, tmp_path / "copy")
    values = json.loads((folder / "config.json").read_text())
    values["auto_map"] = {"AutoModelForCausalLM": "evil.Evil", "AutoConfig": "evil.Evil"}
    (folder / "config.json").write_text(json.dumps(values))
    (folder / "evil.py").write_text("raise RuntimeError('ran')")
    assert load(settings(folder, trust_remote_code=True))
    assert load(settings(folder))
