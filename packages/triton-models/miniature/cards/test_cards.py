from ..files import CARD, README, WEIGHTS
from . import cards, with_figures
from .making import made

_WRITES = "python -m miniature.cards writes them"


def test_the_cards_say_what_weights_metrics_and_figures_say():
    written = cards()
    assert sorted(written) == ["clip", "owlv2", "sam", "sd3", "vqa"]
    for name, text in written.items():
        assert (WEIGHTS / name / CARD).read_text() == text, _WRITES


def test_the_readme_has_the_figures_as_they_are():
    readme = README.read_text()
    assert with_figures(readme) == readme, _WRITES


def test_metrics_are_a_list_and_tables():
    usual, held_out = {"map50": 0.98490, "kinds": {"count": 5}}, {"map50": 0.5}
    validation = {"scenes": 300, "usual": usual, "held_out": held_out}
    metrics = {"command": "x", "steps": 3_400, "commit": None, "validation": validation}
    assert list(made(metrics)) == [
        "- steps: 3,400",
        "- commit: unknown",
        "- validation: scenes 300",
        "",
        "| validation | usual | held out |\n| --- | --- | --- |\n| map50 | 0.9849 | 0.5 |\n| kinds, count | 5 |  |",
    ]
