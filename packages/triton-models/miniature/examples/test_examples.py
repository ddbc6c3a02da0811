import json

import numpy
import pytest
from PIL import Image

from miniature.blockworld import Scene, explain
from miniature.examples.__main__ import main

# Pixels: JPEG's blocks of colour, and one block more, into which its smoothing of colour reaches.
_BLOCK = 16
_COUNT = 4


@pytest.fixture(scope="module", params=("paintings", "recolourings"))
def written(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    main(["--kind", request.param, "--split", "validation", "--count", str(_COUNT), "--out", str(folder)])
    return folder, json.loads((folder / "examples.json").read_text())


def _pixels(folder, name):
    return numpy.array(Image.open(folder / name)).astype(int)


def test_there_are_as_many_as_were_asked_for_each_with_its_files(written):
    folder, examples = written
    assert len(examples) == _COUNT
    names = [name for example in examples for name in (example["picture"], example["expected"], *example["masks"])]
    assert sorted(path.name for path in folder.iterdir()) == sorted([*names, "examples.json"])


def test_what_is_expected_differs_only_around_the_thing(written):
    folder, examples = written
    for example in examples:
        changed = (_pixels(folder, example["picture"]) != _pixels(folder, example["expected"])).any(axis=-1)
        mask = _pixels(folder, example["masks"][0]) > 0
        assert changed[mask].mean() > 0.9
        thing = Scene.from_json(example["scene"]).things[example["thing"]]
        rows, columns = numpy.nonzero(changed)
        reach = 2.8 * thing.radius + 2 * _BLOCK
        assert numpy.hypot(rows - thing.y, columns - thing.x).max() < reach


def test_what_is_expected_shows_what_is_wanted(written):
    folder, examples = written
    for example in examples:
        scene, thing, wanted = Scene.from_json(example["scene"]), example["thing"], example["wanted"]
        pixels = _pixels(folder, example["expected"]).astype(numpy.uint8)
        found = explain(pixels, scene.without(thing), scene.things[thing], behind=thing)
        assert found.words == (f"{wanted['colour']} {wanted['shape']}" if wanted else "nothing")


def test_recolourings_keep_the_shape(written):
    for example in written[1]:
        if example["kind"] == "recolour":
            colour, shape = example["name"].split()
            assert example["wanted"]["shape"] == shape
            assert example["wanted"]["colour"] != colour


@pytest.mark.parametrize("count", ("0", "-1", "many"))
def test_a_count_below_one_is_refused_in_a_sentence(count, tmp_path, capsys):
    with pytest.raises(SystemExit) as refused:
        main(["--kind", "paintings", "--split", "validation", f"--count={count}", "--out", str(tmp_path / "out")])
    assert refused.value.code == 2
    assert f"argument --count: '{count}' is not a whole number of at least 1." in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
