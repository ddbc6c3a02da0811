import pytest
import torch
from transformers import SamModel

from ..clip.tiny_siglip import build_siglip2
from ..errors import SettingsError
from ..read_settings import read_settings
from ..weights.locate import random_folder
from .__main__ import main
from .parts import MODELS, parts_of
from .sam_parts import Decoder


def settings(name: str, cache):
    return read_settings(name, {"profile": "random", "device": "cpu", "precision": "fp32", "cache": str(cache)}, {})


@pytest.mark.parametrize("name", MODELS)
def test_written_files_give_what_the_model_gives(name, tmp_path, monkeypatch, capsys):
    """
    In onnxruntime, for batches of 1 and more and other numbers of phrases, prompts, points and tokens than the file was
    traced with. Measured on the random weights: clip 2e-7; owlv2 boxes 4e-7, logits 3e-6, phrases 3e-7; sam encoder
    4e-6, masks 6e-5 (of logits about 10), scores 2e-7. What is allowed stands in the parts.
    """
    monkeypatch.setenv("ATELIER_CACHE", str(tmp_path))
    parts = parts_of(name, random_folder(name, settings(name, tmp_path)), settings(name, tmp_path))
    assert main([name, "--out", str(tmp_path / "out"), "--profile", "random", "--check"]) == 0
    table = capsys.readouterr().out.split("max abs error")[1]
    for part in parts:
        assert (tmp_path / "out" / part.file).is_file()
        for output in part.outputs:
            assert f"{part.file:<22} {output}" in table
    assert not [file for file in (tmp_path / "out").iterdir() if file.name.startswith(".")]


@torch.inference_mode()
def test_sams_prompts_are_those_of_the_model(tmp_path):
    """A box as two corners, points with a filler, and prompts filled up to one length: within 1e-5 of `SamModel`."""
    torch.manual_seed(0)
    folder = random_folder("sam", settings("sam", tmp_path))
    model = SamModel.from_pretrained(folder).eval()
    decoder = Decoder(model)
    embeddings = model.get_image_embeddings(torch.randn(2, 3, 128, 128))
    points = torch.rand(2, 3, 2, 2) * 128
    labels = torch.tensor([[[1, 0], [1, 1], [0, 1]]] * 2)
    boxes = torch.tensor([[[10.0, 20, 50, 60], [0, 0, 127, 127], [30, 5, 90, 100]]] * 2)

    def close(ours, **prompts):
        for multimask, kept in ((False, slice(0, 1)), (True, slice(1, None))):
            reference = model(image_embeddings=embeddings, multimask_output=multimask, **prompts)
            torch.testing.assert_close(ours[0][:, :, kept], reference.pred_masks, atol=1e-5, rtol=1e-5)
            torch.testing.assert_close(ours[1][:, :, kept], reference.iou_scores, atol=1e-5, rtol=1e-5)

    filler = torch.zeros(2, 3, 1, 2)
    pointed = decoder(
        embeddings, torch.cat([points, filler, filler], 2), torch.cat([labels, torch.tensor([[[-1, -10]] * 3] * 2)], 2)
    )
    padded = torch.cat([labels, torch.full((2, 3, 1), -10)], 2)
    close(pointed, input_points=torch.cat([points, filler], 2), input_labels=padded)
    corners = torch.tensor([[[2, 3]] * 3] * 2)
    close(decoder(embeddings, boxes.unflatten(-1, (2, 2)), corners), input_boxes=boxes)
    both = decoder(embeddings, torch.cat([points, boxes.unflatten(-1, (2, 2))], 2), torch.cat([labels, corners], 2))
    close(both, input_points=points, input_labels=labels, input_boxes=boxes)


def test_what_cannot_be_exported_is_said(tmp_path, monkeypatch, capsys):
    build_siglip2(tmp_path / "naflex")
    with pytest.raises(SettingsError, match="NaFlex has no fixed picture size"):
        parts_of("clip", tmp_path / "naflex", settings("clip", tmp_path))
    monkeypatch.setenv("ATELIER_CLIP_MODEL", str(tmp_path / "nothing"))
    assert main(["clip", "--out", str(tmp_path / "out")]) == 1
    assert str(tmp_path / "nothing") in capsys.readouterr().err
