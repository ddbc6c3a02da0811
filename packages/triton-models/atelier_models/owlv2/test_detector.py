import pytest
from transformers import BertConfig

from ..errors import SettingsError
from .grounding_dino import GroundingDinoDetector
from .owlv2_detector import Owlv2Detector


def test_the_weights_choose_the_detector(owlv2_folder, dino_folder, detector_of):
    assert type(detector_of(owlv2_folder)) is Owlv2Detector
    assert type(detector_of(dino_folder)) is GroundingDinoDetector


def test_other_weights_are_named(detector_of, tmp_path):
    BertConfig().save_pretrained(tmp_path)
    with pytest.raises(SettingsError, match="is a bert model; taken are owlv2 and grounding-dino"):
        detector_of(tmp_path)
