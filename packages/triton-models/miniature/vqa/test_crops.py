import numpy

from miniature.blockworld import random_scene
from miniature.vqa.crops import crop_questions, crop_window


def test_windows_lie_inside_and_show_a_thing():
    boxes, generator = numpy.array([[2.0, 70, 30, 96]]), numpy.random.default_rng(0)
    for _ in range(50):
        rows, columns = crop_window(boxes, (128, 96), (60, 50), generator)
        assert (rows.stop - rows.start, columns.stop - columns.start) == (50, 60)
        assert 0 <= rows.start <= 83 < rows.stop <= 96
        assert 0 <= columns.start <= 16 < columns.stop <= 128


def test_presence_is_that_of_what_the_crop_shows():
    scene, generator = random_scene("train", 3), numpy.random.default_rng(0)
    first = scene.things[0]
    shares = numpy.array([float(thing.pair == first.pair) for thing in scene.things])
    for question in crop_questions(scene, shares, generator, 200):
        if first.name in question.text:
            assert question.answer == "Yes."
        for thing in scene.things:
            if thing.name in question.text and thing.pair != first.pair:
                assert question.answer == "No."
