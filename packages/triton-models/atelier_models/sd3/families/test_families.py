import json
import shutil

import pytest
import torch
from diffusers import StableDiffusionPipeline

from ...errors import BadInputError, CancelledError, SettingsError
from ...settings import Sd3Settings
from ..conftest import cancelled_when_asked, from_words, inpainting, picture_of, png_of
from ..painter import Painter, load
from .choose import load_family

INPAINTING_ONLY = ["sd3-inpaint", "xl-inpaint", "sd-inpaint", "power-paint"]


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("sd3", "StableDiffusion3"),
        ("sd3-inpaint", "StableDiffusion3"),
        ("xl", "StableDiffusionXl"),
        ("xl-inpaint", "StableDiffusionXl"),
        ("sd", "StableDiffusion"),
        ("sd-inpaint", "StableDiffusion"),
        ("power-paint", "PowerPaint"),
    ],
)
def test_the_weights_say_which_family_they_are(painter_of, name, family):
    assert type(painter_of(name)._family).__name__ == family


def test_weights_saved_as_either_pipeline_are_known(weights, tmp_path):
    StableDiffusionPipeline.from_pretrained(weights("sd"), local_files_only=True).save_pretrained(tmp_path)
    family = load_family(tmp_path, Sd3Settings(device="cpu"))
    assert (type(family).__name__, family.paints_from_words) == ("StableDiffusion", True)


def test_both_pipelines_have_the_same_weights(painter_of):
    family = painter_of("sd3")._family
    assert family._words.transformer is family._inpainting.transformer
    assert family._words.vae is family._inpainting.vae
    assert family._words.text_encoder_3 is family._inpainting.text_encoder_3


@pytest.mark.parametrize("name", INPAINTING_ONLY)
def test_what_only_inpaints_says_so(painter_of, name):
    painter = painter_of(name)
    painter.warm_up()
    with pytest.raises(BadInputError, match="only paints into pictures; send IMAGE and MASK"):
        painter._family.check(from_words())


@pytest.mark.parametrize("name", ["sd3", "xl", "xl-inpaint", "sd", "sd-inpaint"])
def test_an_empty_prompt_is_refused_where_words_are_needed(painter_of, name):
    with pytest.raises(BadInputError, match="PROMPT is empty"):
        painter_of(name)._family.check(inpainting(prompt=" "))


def test_power_paint_removes_with_an_empty_prompt(painter_of):
    painter = painter_of("power-paint")
    removal = inpainting(prompt="", negative_prompt="")
    painter._family.check(removal)
    assert png_of(painter, removal) != png_of(painter, inpainting(negative_prompt=""))


def test_power_paint_cuts_long_words_and_never_the_task(painter_of):
    painter = painter_of("power-paint")
    pipeline = painter._family._inpainting
    read = []
    hook = pipeline.text_encoder.register_forward_pre_hook(lambda _module, args: read.append(args[0][0].tolist()))
    png_of(painter, inpainting(prompt="word " * 700, negative_prompt=""))
    hook.remove()
    tokenizer = pipeline.tokenizer
    task = tokenizer.convert_tokens_to_ids([f"P_obj_{index}" for index in range(10)])
    positive, negative = read
    assert len(positive) == len(negative) == 77
    assert positive[-11:] == [*task, tokenizer.eos_token_id]
    assert negative[:12] == [tokenizer.bos_token_id, *task, tokenizer.eos_token_id]


def test_sd3_paints_no_larger_than_its_positions(painter_of):
    family = painter_of("sd3", resolution="asked")._family
    family.check(from_words(width=2048, height=2048))
    with pytest.raises(BadInputError, match="at most 2048"):
        family.check(from_words(width=2064))
    # Painted at 1024 pixels.
    painter_of("sd3")._family.check(from_words(width=2064))


@pytest.mark.parametrize(("reads", "tokens"), [(24, 24), (512, 256), (int(1e30), 256)])
@pytest.mark.parametrize("request_of", [from_words, inpainting])
def test_t5_is_not_asked_for_more_than_its_tokenizer_reads(painter_of, monkeypatch, request_of, reads, tokens):
    painter = painter_of("sd3")
    pipeline = painter._family._inpainting
    monkeypatch.setattr(pipeline.tokenizer_3, "model_max_length", reads)
    read, heard = [], []
    hooks = [
        pipeline.text_encoder_3.register_forward_pre_hook(lambda _module, args: read.append(args[0].shape)),
        pipeline.transformer.register_forward_pre_hook(
            lambda _module, _args, kwargs: heard.append(kwargs["encoder_hidden_states"].shape[1]), with_kwargs=True
        ),
    ]
    png_of(painter, request_of(prompt="a red ball " * 40, steps=1))
    for hook in hooks:
        hook.remove()
    assert set(read) == {(1, tokens)}
    # After the 77 of CLIP.
    assert set(heard) == {77 + tokens}


def test_sd3_paints_without_t5_even_where_it_was_never_fetched(painter_of, weights, tmp_path):
    folder = tmp_path / "weights"
    shutil.copytree(weights("sd3"), folder, ignore=shutil.ignore_patterns("*_3"))
    painter = load(Sd3Settings(model=str(folder), device="cpu", text_encoder_3=False))
    assert painter._family._inpainting.text_encoder_3 is None
    assert png_of(painter, from_words()) != png_of(painter_of("sd3"), from_words())
    assert picture_of(painter, inpainting()).size == (64, 64)
    painter.close()
    with pytest.raises(SettingsError, match="cannot be loaded"):
        load(Sd3Settings(model=str(folder), device="cpu"))


@pytest.mark.parametrize(
    ("name", "precision"), [("sd3", "bf16"), ("sd3", "fp16"), ("xl", "fp16"), ("sd-inpaint", "bf16")]
)
def test_half_precision(painter_of, name, precision):
    painter = painter_of(name, precision=precision)
    expected = {"bf16": torch.bfloat16, "fp16": torch.float16}[precision]
    for request in (inpainting(), from_words())[: 1 + painter._family.paints_from_words]:
        low_high = picture_of(painter, request).convert("L").getextrema()
        assert low_high[1] - low_high[0] > 100
    assert {painter._family.denoiser.dtype, painter._family._inpainting.vae.dtype} == {expected}


@pytest.mark.parametrize("step", ["encode", "decode"])
def test_what_fails_while_the_vae_is_fp32_leaves_it_fp16(painter_of, monkeypatch, step):
    painter = painter_of("xl", precision="fp16")
    before = png_of(painter, inpainting())
    vae = painter._family._inpainting.vae
    seen = []

    def fail(*_args, **_kwargs):
        seen.append(vae.dtype)
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(vae, step, fail)
        with pytest.raises(MemoryError):
            png_of(painter, inpainting())
    assert seen == [torch.float32]
    assert vae.dtype == torch.float16
    assert png_of(painter, inpainting()) == before


@pytest.mark.parametrize("name", ["sd3", "power-paint"])
def test_offloading_serves_both_pipelines_and_outlives_cancellation(weights, painter_of, name):
    """With hooks that move parts from the CPU to the CPU: when they run is what is tested."""
    plain, settings = painter_of(name), Sd3Settings(device="cpu")
    family = type(plain._family)
    pipeline = family.inpainting_class.from_pretrained(weights(name), local_files_only=True)
    pipeline.enable_model_cpu_offload(device="cpu")
    painter = Painter(family(pipeline, settings), settings)

    def freed() -> bool:
        """Since it was last asked: parts are moved away by putting up new hooks."""
        last, hooks[:] = hooks[:], pipeline._all_hooks
        return len(hooks) == len(last) and not set(map(id, hooks)) & set(map(id, last))

    hooks = list(pipeline._all_hooks)
    for request in (inpainting(), from_words())[: 1 + plain._family.paints_from_words]:
        assert png_of(painter, request) == png_of(plain, request)
        assert freed()
        with pytest.raises(CancelledError):
            list(painter.paint(request, cancelled_when_asked(2)))
        assert freed()
        assert png_of(painter, request) == png_of(plain, request)
    painter.close()


def test_int8_makes_the_large_layers_small(painter_of):
    painter = painter_of("sd3", precision="int8")
    pipeline = painter._family._inpainting
    for part in (pipeline.transformer, pipeline.text_encoder_3):
        assert torch.int8 in {buffer.dtype for buffer in part.buffers()}
    assert picture_of(painter, inpainting()).size == (64, 64)


def test_large_pictures_go_through_the_vae_in_tiles(painter_of):
    painter, whole = painter_of("sd3", tile_above=96), painter_of("sd3")
    vae = painter._family._inpainting.vae
    assert png_of(painter, inpainting(width=128)) != png_of(whole, inpainting(width=128))
    assert vae.use_tiling
    assert png_of(painter, inpainting(width=96)) == png_of(whole, inpainting(width=96))
    assert not vae.use_tiling


def test_a_picture_that_the_safety_checker_blackened_is_an_error(painter_of, monkeypatch):
    painter = painter_of("sd-inpaint")
    flag = lambda image, *_: (image * 0, [True])  # noqa: E731
    monkeypatch.setattr(painter._family._inpainting, "run_safety_checker", flag)
    with pytest.raises(BadInputError, match="safety checker"):
        png_of(painter, inpainting())


def test_long_prompts_are_cut_without_a_word(painter_of, capfd):
    png_of(painter_of("sd3"), from_words(prompt="word " * 700, steps=1))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"offload": True}, "offload is for GPUs; the device is cpu"),
        ({"offload": True, "device": "cpu:0"}, "offload is for GPUs; the device is cpu:0"),
    ],
)
def test_settings_that_cannot_be_used(weights, settings, words):
    with pytest.raises(SettingsError, match=words):
        load_family(weights("sd3"), Sd3Settings(**{"device": "cpu", **settings}))


def test_weights_that_are_not_known(tmp_path):
    with pytest.raises(SettingsError, match="has no model_index"):
        load_family(tmp_path, Sd3Settings(device="cpu"))
    (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": "FluxPipeline"}))
    with pytest.raises(SettingsError, match="known are StableDiffusion3InpaintPipeline"):
        load_family(tmp_path, Sd3Settings(device="cpu"))
