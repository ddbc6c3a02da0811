"""Where settings come from, and what is said of wrong ones."""

import pytest

from atelier_models.errors import SettingsError
from atelier_models.read_settings import cache_folder, read_settings
from atelier_models.settings import SETTINGS


def test_defaults_without_anything():
    for name, kind in SETTINGS.items():
        assert read_settings(name, {}, {}) == kind()


def test_the_environment_comes_before_the_parameters():
    parameters = {"precision": "fp16", "nms_iou": "0.5"}
    assert read_settings("owlv2", parameters, {}).precision == "fp16"
    everywhere = {"ATELIER_PRECISION": "bf16"}
    assert read_settings("owlv2", parameters, everywhere).precision == "bf16"
    own = {**everywhere, "ATELIER_OWLV2_PRECISION": "fp32"}
    assert read_settings("owlv2", parameters, own).precision == "fp32"
    assert read_settings("sam", {}, own).precision == "bf16"
    assert read_settings("owlv2", parameters, own).nms_iou == 0.5


def test_empty_text_says_nothing():
    assert read_settings("sam", {"model": ""}, {"ATELIER_SAM_MODEL": " "}).model == "facebook/sam-vit-huge"


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"precison": "fp32"}, "owlv2: unknown setting precison; the settings are model, revision"),
        ({"precision": "fp8"}, "the parameter precision must be one of auto, fp32, bf16, fp16, int8, int4, not 'fp8'"),
        ({"compile": "maybe"}, "must be true or false"),
        ({"nms_iou": "1.5"}, "must be from 0 to 1, not 1.5"),
        ({"nms_iou": "nan"}, "must be from 0 to 1, not nan"),
        ({"nms_iou": "much"}, "must be a number, not 'much'"),
        ({"most_phrases": "1.5"}, "must be a whole number, not '1.5'"),
        ({"most_phrases": "0"}, "must be at least 1, not 0"),
    ],
)
def test_wrong_settings_are_named(parameters, words):
    with pytest.raises(SettingsError) as caught:
        read_settings("owlv2", parameters, {})
    assert words in str(caught.value)


def test_the_variable_is_named():
    with pytest.raises(SettingsError, match="clip: ATELIER_CLIP_COMPILE must be true or false"):
        read_settings("clip", {}, {"ATELIER_CLIP_COMPILE": "2"})


def test_the_cache_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder(read_settings("sam", {}, {})) == tmp_path / "atelier"
    assert cache_folder(read_settings("sam", {"cache": "/elsewhere"}, {})).as_posix() == "/elsewhere"
