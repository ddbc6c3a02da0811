import functools
import json
import shutil

import numpy
import pytest
import torch
from transformers import Sam2Model, SamModel
from transformers.models.sam.image_processing_pil_sam import SamImageProcessorPil
from transformers.models.sam.processing_sam import SamProcessor

from ..errors import SettingsError
from ..settings import SamSettings
from ..weight_only import Int8Linear
from .families import Sam2Family, SamFamily, load_family
from .prompt_batch import PromptBatch

# What float32 leaves of differences: our sums run in another order. Logits are of the order of 1 to 10.
_PIXELS, _LOGITS, _SCORES = 1e-5, 1e-3, 1e-4


@functools.cache
def _load(model_class, folder):
    return model_class.from_pretrained(folder)


def _sam_reference(folder, picture, prompt, multimask):
    """Logits [masks, height, width] of the picture and scores, by the library's processor and model."""
    processor = SamProcessor(
        SamImageProcessorPil(
            size={"longest_edge": 128},
            pad_size={"height": 128, "width": 128},
            mask_pad_size={"height": 32, "width": 32},
        )
    )
    inputs = processor(
        picture,
        input_points=[[prompt.points.tolist()]] if len(prompt.points) else None,
        input_labels=[[prompt.labels.tolist()]] if len(prompt.points) else None,
        input_boxes=[[prompt.box.tolist()]] if prompt.box is not None else None,
        return_tensors="pt",
    )
    sizes, inner = inputs.pop("original_sizes"), inputs.pop("reshaped_input_sizes")
    with torch.no_grad():
        output = _load(SamModel, folder)(**inputs, multimask_output=multimask)
    logits = processor.post_process_masks(output.pred_masks, sizes, inner, binarize=False)[0][0]
    return logits.numpy(), output.iou_scores[0, 0].numpy()


def _sam2_reference(folder, picture, prompt, multimask):
    """
    The same for SAM 2, whose processor needs torchvision: its arithmetic is written out here. Stretched to the square
    with antialiasing, normalised, coordinates stretched likewise, masks stretched back.
    """
    pixels = numpy.asarray(picture.resize((128, 128), resample=2)) / 255
    pixels = (pixels - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
    scale = numpy.array([128 / picture.width, 128 / picture.height])
    inputs = {"pixel_values": torch.tensor(pixels.transpose(2, 0, 1)[None], dtype=torch.float32)}
    if len(prompt.points):
        inputs["input_points"] = torch.tensor(prompt.points * scale, dtype=torch.float32)[None, None]
        inputs["input_labels"] = torch.tensor(prompt.labels, dtype=torch.int32)[None, None]
    if prompt.box is not None:
        inputs["input_boxes"] = torch.tensor(prompt.box * numpy.tile(scale, 2), dtype=torch.float32)[None, None]
    with torch.no_grad():
        output = _load(Sam2Model, folder)(**inputs, multimask_output=multimask)
        size = (picture.height, picture.width)
        logits = torch.nn.functional.interpolate(output.pred_masks[:, 0], size, mode="bilinear", align_corners=False)
    return logits[0].numpy(), output.iou_scores[0, 0].numpy()


REFERENCES = {"sam": _sam_reference, "sam2": _sam2_reference}
SIZES = [(96, 72), (72, 96), (128, 128), (301, 77)]


@pytest.mark.parametrize("size", [*SIZES, (1, 1), (5, 600), (640, 479)])
def test_pixels_are_those_of_the_processor(folders, families, samples, size):
    family = families("sam")
    picture = samples.picture(*size)
    processor = SamImageProcessorPil.from_pretrained(folders["sam"])
    expected = processor(picture, return_tensors="pt")
    frame = family.frame(picture.size)
    batch = family.normalisation.batch([frame.resize(picture)], 128, "cpu", torch.float32)
    assert expected["reshaped_input_sizes"].tolist() == [[frame.inner_height, frame.inner_width]]
    assert torch.allclose(batch, expected["pixel_values"], rtol=0, atol=_PIXELS)


@pytest.mark.parametrize("kind", ["sam", "sam2"])
@pytest.mark.parametrize("size", SIZES)
def test_masks_and_scores_are_those_of_the_library(folders, make_segmenter, samples, kind, size):
    picture = samples.picture(*size)
    segmenter = make_segmenter(kind, smallest_part=0)
    x, y = picture.width / 96, picture.height / 72
    for prompt in samples.all_shapes():
        box = None if prompt.box is None else prompt.box * [x, y, x, y]
        prompt = samples.prompt(prompt.points * [x, y], prompt.labels, box)
        multimask = len(prompt.points) == 1 and prompt.box is None
        logits, scores = REFERENCES[kind](folders[kind], picture, prompt, multimask)
        assert len(scores) == (3 if multimask else 1)
        [result] = segmenter.run([samples.request(picture, [prompt])])
        mask, expected = samples.pixels(result.masks[0]) > 127, logits[scores.argmax()] > 0
        assert abs(result.scores[0] - scores.max()) <= _SCORES
        assert mask.shape == expected.shape
        assert (mask & expected).sum() >= 0.999 * (mask | expected).sum()


@pytest.mark.parametrize("kind", ["sam", "sam2"])
def test_logits_are_those_of_the_library(folders, families, samples, kind):
    picture, prompt = samples.picture(), samples.prompt([(20, 30)], [1])
    family = families(kind)
    frame = family.frame(picture.size)
    features = family.encode([frame.resize(picture)])
    logits, scores = family.decode(features, PromptBatch.of([prompt], [frame], "cpu"), multimask=True)
    expected, expected_scores = REFERENCES[kind](folders[kind], picture, prompt, True)
    assert numpy.abs(family.upscale(logits[0], frame).numpy() - expected).max() <= _LOGITS
    assert numpy.abs(scores[0].numpy() - expected_scores).max() <= _SCORES
    # Else this would prove little.
    assert expected.std() > 0.1


@pytest.mark.parametrize("kind", ["sam", "sam2"])
def test_random_masks_have_an_inside_and_an_outside(make_segmenter, samples, kind):
    [result] = make_segmenter(kind).run([samples.request(samples.picture(), samples.all_shapes())])
    parts = [samples.pixels(png).mean() / 255 for png in result.masks]
    assert all(0.1 < part < 0.9 for part in parts)
    assert len(set(result.masks)) == len(parts)
    # The client takes scores from -0.5 to 1.5.
    assert result.scores.dtype == numpy.float32
    assert ((result.scores > -0.2) & (result.scores < 1.3)).all()


@pytest.mark.parametrize("precision", ["bf16", "fp16"])
@pytest.mark.parametrize("kind", ["sam", "sam2"])
def test_half_precision_runs_and_scores_about_the_same(make_segmenter, samples, kind, precision):
    request = samples.request(samples.picture(), [samples.prompt(box=(10, 12, 50, 44))])
    [exact], half = make_segmenter(kind).run([request]), make_segmenter(kind, precision=precision)
    [rough] = half.run([request])
    assert numpy.abs(exact.scores - rough.scores).max() < 0.15
    assert all(part.dtype in (torch.bfloat16, torch.float16) for part in half.cache.get(request.key).features)
    one, other = (samples.pixels(result.masks[0]) > 127 for result in (exact, rough))
    assert (one == other).mean() > 0.85


@pytest.mark.parametrize("kind", ["sam", "sam2"])
def test_weights_in_eight_bits_run(make_segmenter, samples, kind):
    segmenter = make_segmenter(kind, precision="int8")
    [result] = segmenter.run([samples.request(samples.picture(), samples.all_shapes())])
    assert len(result.masks) == 8 and numpy.isfinite(result.scores).all()


@pytest.mark.parametrize("kind", ["sam", "sam2"])
def test_only_the_encoder_is_quantised(families, kind):
    model = families(kind, "int8").model
    assert any(type(layer) is Int8Linear for layer in model.vision_encoder.modules())
    assert not any(type(layer) is Int8Linear for layer in model.mask_decoder.modules())
    assert {weights.dtype for weights in model.mask_decoder.parameters()} == {torch.bfloat16}


def test_colours_are_normalised_as_the_weights_say(folders, samples, tmp_path):
    picture, folder = samples.picture(), tmp_path / "other"
    shutil.copytree(folders["sam"], folder)
    said = {"image_mean": [0.1, 0.2, 0.3], "image_std": [0.5, 0.6, 0.7]}
    config = json.loads((folder / "preprocessor_config.json").read_text())
    (folder / "preprocessor_config.json").write_text(json.dumps({**config, **said}))
    family = load_family(folder, SamSettings(device="cpu"))
    frame = family.frame(picture.size)
    batch = family.normalisation.batch([frame.resize(picture)], 128, "cpu", torch.float32)
    expected = SamImageProcessorPil.from_pretrained(folder)(picture, return_tensors="pt")["pixel_values"]
    assert torch.allclose(batch, expected, rtol=0, atol=_PIXELS)


def test_the_family_is_chosen_by_the_weights(folders, tmp_path):
    settings = SamSettings(model="somewhere", device="cpu")
    assert type(load_family(folders["sam"], settings)) is SamFamily
    assert type(load_family(folders["sam2"], settings)) is Sam2Family
    shutil.copytree(folders["sam2"], tmp_path / "video")
    config = json.loads((tmp_path / "video/config.json").read_text())
    (tmp_path / "video/config.json").write_text(json.dumps({**config, "model_type": "sam2_video"}))
    assert type(load_family(tmp_path / "video", settings)) is Sam2Family
    (tmp_path / "config.json").write_text('{"model_type": "clip"}')
    with pytest.raises(SettingsError, match="type 'clip'; sam, sam2"):
        load_family(tmp_path, settings)


def test_prompts_are_embedded_in_float32_whatever_the_precision(families):
    family = families("sam", "bf16")
    assert {value.dtype for value in family.model.prompt_encoder.parameters()} == {torch.float32}
    assert {value.dtype for value in family.model.vision_encoder.parameters()} == {torch.bfloat16}
    assert {value.dtype for value in family.model.mask_decoder.parameters()} == {torch.bfloat16}
