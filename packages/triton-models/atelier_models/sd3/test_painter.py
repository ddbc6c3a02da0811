import gc
import threading

import numpy
import pytest
import torch

from ..errors import CancelledError
from .conftest import cancelled_when_asked, from_words, inpainting, outputs_of, picture_of, png_of


@pytest.fixture
def painter(painter_of):
    return painter_of("sd3")


@pytest.fixture
def calls(painter):
    """How often each part of the model computed."""
    counts = {"text": 0, "denoise": 0, "decode": 0}
    pipeline = painter._family._inpainting
    parts = {"text": pipeline.text_encoder, "denoise": pipeline.transformer, "decode": pipeline.vae.decoder}

    def counter(name):
        def count(*_):
            counts[name] += 1

        return count

    hooks = [part.register_forward_pre_hook(counter(name)) for name, part in parts.items()]
    yield counts
    for hook in hooks:
        hook.remove()


@pytest.mark.parametrize("request_of", [from_words, inpainting])
def test_tells_each_step_and_then_gives_the_picture(painter, request_of):
    *steps, last = outputs_of(painter, request_of(steps=4, width=96, height=64))
    assert [(step["STEP"].item(), step["STEPS"].item()) for step in steps] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert all(output.dtype == numpy.int32 and output.shape == (1,) for step in steps for output in step.values())
    assert list(last) == ["IMAGE"]
    assert last["IMAGE"][0].startswith(b"\x89PNG")
    picture = picture_of(painter, request_of(steps=1, width=96, height=64))
    assert (picture.size, picture.mode) == ((96, 64), "RGB")


@pytest.mark.parametrize(("strength", "steps"), [(1.0, 10), (0.6, 6), (0.55, 6), (0.01, 1), (0.0, 1)])
def test_runs_the_part_of_the_steps_that_strength_says(painter, calls, strength, steps):
    first, *_ = outputs = outputs_of(painter, inpainting(steps=10, strength=strength))
    assert first["STEPS"].item() == steps == len(outputs) - 1 == calls["denoise"]


def test_strength_means_nothing_without_a_picture(painter):
    assert png_of(painter, from_words(strength=0.2)) == png_of(painter, from_words(strength=1.0))


def test_the_seed_alone_decides(painter):
    first = {seed: png_of(painter, from_words(seed=seed)) for seed in (0, 5, 2**63 - 1)}
    assert len(set(first.values())) == 3
    png_of(painter, inpainting(width=128, seed=9, strength=0.5))
    with pytest.raises(CancelledError):
        list(painter.paint(inpainting(steps=9, strength=0.9), cancelled_when_asked(3)))
    png_of(painter, from_words(width=80, steps=1, guidance=1))
    assert {seed: png_of(painter, from_words(seed=seed)) for seed in reversed(first)} == first


def test_what_is_random_elsewhere_does_not_matter(painter):
    torch.manual_seed(1)
    first = png_of(painter, inpainting(strength=0.7))
    torch.manual_seed(2)
    assert png_of(painter, inpainting(strength=0.7)) == first


@pytest.mark.parametrize("guidance", [0, 1, 7])
def test_the_negative_pass_runs_with_guidance_alone(painter, guidance):
    rows = []
    hook = painter._family.denoiser.register_forward_pre_hook(
        lambda _module, _args, kwargs: rows.append(kwargs["hidden_states"].shape[0]), with_kwargs=True
    )
    other = png_of(painter, from_words(guidance=guidance, negative_prompt="sharp"))
    hook.remove()
    assert set(rows) == {2 if guidance > 1 else 1}
    assert (png_of(painter, from_words(guidance=guidance)) == other) == (guidance <= 1)


@pytest.mark.parametrize("request_of", [from_words, inpainting])
@pytest.mark.parametrize("steps", [0, 1, 2, 5])
def test_stops_at_the_step_where_it_is_cancelled(painter, calls, request_of, steps):
    given = []
    with pytest.raises(CancelledError):
        for output in painter.paint(request_of(steps=5), cancelled_when_asked(steps)):
            given.append(output["STEP"].item())
    assert given == list(range(1, steps + 1))
    # Before the text is encoded, and after the last step before the picture is decoded.
    assert (calls["denoise"], calls["decode"], calls["text"] > 0) == (steps, 0, steps > 0)


def test_closing_the_iterator_leaves_nothing_running(painter, calls):
    stream = painter.paint(from_words(steps=200), lambda: False)
    next(stream)
    stream.close()
    done = calls["denoise"]
    assert done < 200
    outputs_of(painter, from_words(steps=1))
    assert calls == {"text": calls["text"], "denoise": done + 1, "decode": 1}


def test_cancelled_requests_leave_no_tensors(painter):
    def cancel(times: int) -> int:
        for _ in range(times):
            with pytest.raises(CancelledError):
                list(painter.paint(inpainting(steps=5), cancelled_when_asked(2)))
        gc.collect()
        return sum(issubclass(type(thing), torch.Tensor) for thing in gc.get_objects())

    assert cancel(2) == cancel(6)


def test_one_picture_at_a_time(painter):
    asked = []

    def paint(name: str) -> None:
        list(painter.paint(from_words(steps=5), lambda: asked.append(name)))

    threads = [threading.Thread(target=paint, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(asked) == 18
    assert all(len(set(asked[start : start + 6])) == 1 for start in (0, 6, 12))


def test_warming_up_paints_both_ways(painter, calls):
    painter.warm_up()
    assert calls["decode"] == 2


def test_an_error_of_the_model_is_raised_and_the_next_request_works(painter, monkeypatch):
    before = png_of(painter, from_words())

    def fail(*_args, **_kwargs):
        raise RuntimeError("a fault")

    with monkeypatch.context() as patch:
        patch.setattr(painter._family.denoiser, "forward", fail)
        with pytest.raises(RuntimeError, match="a fault"):
            outputs_of(painter, from_words())
    assert png_of(painter, from_words()) == before
