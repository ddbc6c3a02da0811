import dataclasses
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from transformers import LlavaOnevisionForConditionalGeneration

from atelier_models.errors import BadInputError, CancelledError
from atelier_models.settings import VqaSettings
from atelier_models.vqa.answerer import Answerer, Ending
from atelier_models.vqa.load import load, twin
from atelier_models.vqa.messages import Message
from atelier_models.vqa.outputs import write_outputs
from atelier_models.vqa.prompt import encode
from atelier_models.vqa.request import VqaRequest


def reference(weights, processor, request):
    """(new tokens, prompt tokens) as the library itself answers, greedily."""
    model = LlavaOnevisionForConditionalGeneration.from_pretrained(weights).eval()
    chat = [
        {
            "role": message.role,
            "content": [
                {"type": "text", "text": part}
                if isinstance(part, str)
                else {"type": "image", "image": request.pictures[part]}
                for part in message.parts
            ],
        }
        for message in request.messages
    ]
    inputs = processor.apply_chat_template(
        chat, add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
    )
    length = inputs["input_ids"].shape[1]
    tokens = model.generate(**inputs, max_new_tokens=request.most_tokens, do_sample=False)[0, length:]
    return tokens.tolist(), length


@pytest.mark.parametrize("pictures", [0, 1, 3])
def test_greedy_answers_are_the_librarys_own(answerer, one, weights, question, tell, pictures):
    request = question("how many cats? 고양이 🙂", pictures)
    tokens, length = reference(weights, one.processor, request)
    text, ending = tell(answerer, request)
    assert text == one.processor.tokenizer.decode(tokens, skip_special_tokens=True)
    assert (ending.prompt_tokens, ending.completion_tokens) == (length, len(tokens))


def test_usage_counts_the_tokens_of_the_picture(answerer, question, tell):
    without, one, two = (tell(answerer, question("x", pictures))[1].prompt_tokens for pictures in (0, 1, 2))
    # 16 patches and a newline each of several pictures; one alone is also read in tiles.
    assert (two - without) == 2 * (16 + 1 + 2 - 1)
    assert one - without > 17


def test_the_answer_depends_on_the_picture_and_the_order(answerer, picture, tell):
    def asked(*numbers):
        pictures = tuple(picture(number) for number in numbers)
        return tell(answerer, VqaRequest((Message("user", (*range(len(numbers)), "?")),), pictures, 16, 0.0, 0))[0]

    assert len({asked(1), asked(2), asked(1, 2), asked(2, 1)}) == 4


def test_ends_with_an_end_token_or_at_the_limit(answerer, question, tell):
    endings = {}
    for seed in range(8):
        request = question("?", 0, 30, 1.0, seed)
        text, ending = tell(answerer, request)
        endings.setdefault(ending.finish_reason, []).append((request, text, ending))
        assert "<|" not in text
        assert ending.completion_tokens <= 30
    assert set(endings) == {"stop", "length"}
    assert all(ending.completion_tokens == 30 for _, _, ending in endings["length"])
    # One token less than the answer with its end has: the same text, but cut.
    request, text, ending = endings["stop"][0]
    cut = dataclasses.replace(request, most_tokens=ending.completion_tokens - 1)
    assert tell(answerer, cut) == (text, Ending("length", ending.prompt_tokens, ending.completion_tokens - 1))
    exactly = dataclasses.replace(request, most_tokens=ending.completion_tokens)
    assert tell(answerer, exactly) == (text, ending)


def test_a_seed_repeats_its_answer_and_others_differ(answerer, question, tell):
    answers = [tell(answerer, question(temperature=1.0, seed=seed)) for seed in (1, 1, 2, 3)]
    assert answers[0] == answers[1]
    assert len({text for text, _ in answers}) == 3
    assert tell(answerer, question(seed=1)) == tell(answerer, question(seed=2))


def test_what_else_runs_changes_nothing(answerer, question, tell):
    requests = [question(f"{seed}?", seed % 3, 12, seed % 2 * 1.0, seed) for seed in range(6)]
    alone = [tell(answerer, request) for request in requests]
    with ThreadPoolExecutor(len(requests)) as threads:
        assert list(threads.map(lambda request: tell(answerer, request), requests)) == alone


def test_copies_share_every_weight_and_no_module(answerer, one):
    other = twin(one.model)
    assert {id(tensor) for tensor in other.parameters()} == {id(tensor) for tensor in one.model.parameters()}
    assert not {id(module) for module in other.modules()} & {id(module) for module in one.model.modules()}


def test_the_first_piece_comes_before_the_rest_is_known(answerer, question):
    answer = answerer.answer(question(most_tokens=4000, temperature=2.0, seed=3))
    assert next(answer)
    working = [thread for thread in threading.enumerate() if thread.name == "generate"]
    assert len(working) == 1
    answer.close()
    assert not working[0].is_alive()


def test_cancelling_stops_within_a_token_and_frees_the_model(answerer, question):
    free, cancelled = answerer._copies.qsize(), threading.Event()
    answer = answerer.answer(question(most_tokens=4000, temperature=2.0, seed=3), cancelled.is_set)
    assert next(answer)
    assert answerer._copies.qsize() == free - 1
    cancelled.set()
    with pytest.raises(CancelledError):
        next(answer)
    assert answerer._copies.qsize() == free
    assert not [thread for thread in threading.enumerate() if thread.name == "generate"]


@pytest.mark.parametrize("how", ["closed", "cancelled"])
def test_the_model_computes_no_more_once_nobody_listens(one, question, how):
    model, steps, gone = twin(one.model), 0, threading.Event()
    # It never ends of itself.
    model.generation_config.eos_token_id = None
    forward = model.lm_head.forward

    def counted(*args, **kwargs):
        nonlocal steps
        steps += 1
        return forward(*args, **kwargs)

    model.lm_head.forward = counted
    answer = Answerer([one._replace(model=model)], VqaSettings(device="cpu")).answer(
        question(most_tokens=1000), gone.is_set
    )
    assert next(answer)
    if how == "closed":
        answer.close()
    else:
        gone.set()
        with pytest.raises(CancelledError):
            next(answer)
    assert steps < 500


def test_what_fails_inside_generate_reaches_the_caller(one, question):
    def fail(*args, **kwargs):
        raise MemoryError("no room")

    model = twin(one.model)
    model.lm_head.forward = fail
    broken = Answerer([one._replace(model=model)], VqaSettings(device="cpu"))
    with pytest.raises(MemoryError, match="no room"):
        list(broken.answer(question()))
    del model.lm_head.forward
    assert list(broken.answer(question()))


def test_a_question_of_ten_kilobytes(answerer, question, tell):
    text = "é" * 5_000
    assert tell(answerer, question(text, 1, 2))[1].prompt_tokens > 10_000


def test_more_than_the_model_reads_is_refused_with_both_numbers(one, question, monkeypatch):
    monkeypatch.setattr(one.model.config.text_config, "max_position_embeddings", 200)
    small = Answerer([one], VqaSettings(device="cpu"))
    with pytest.raises(BadInputError, match=r"The chat has 3\d\d tokens .* at most 200"):
        list(small.answer(question("q" * 300, 0)))
    assert list(small.answer(question("q", 0)))


def test_the_answer_ends_where_the_context_does(one, answerer, question, tell, monkeypatch):
    text, ending = tell(answerer, question())
    assert ending.completion_tokens > 5
    monkeypatch.setattr(one.model.config.text_config, "max_position_embeddings", ending.prompt_tokens + 5)
    start, cut = tell(Answerer([one], VqaSettings(device="cpu")), question())
    assert cut == Ending("length", ending.prompt_tokens, 5)
    assert text.startswith(start.rstrip("\ufffd"))


def test_bf16_computes_as_the_library_does(weights, question):
    answerer = load(VqaSettings(model=str(weights), device="cpu", precision="bf16", at_once=1))
    model, processor, plain = answerer._copies.get()
    assert model.dtype == torch.bfloat16
    assert {buffer.dtype for name, buffer in model.named_buffers() if "inv_freq" in name} == {torch.float32}
    library = LlavaOnevisionForConditionalGeneration.from_pretrained(weights, dtype=torch.bfloat16).eval()
    inputs = encode(processor, model, question(), plain)
    with torch.inference_mode():
        assert torch.equal(model(**inputs).logits, library(**inputs).logits)


def test_the_outputs_of_the_contract(answerer, question, tell):
    text, ending = tell(answerer, question())
    *deltas, last = write_outputs(answerer.answer(question()))
    assert all(list(delta) == ["TEXT"] and delta["TEXT"].shape == (1,) for delta in deltas)
    assert b"".join(delta["TEXT"][0] for delta in deltas).decode() == text
    assert last["FINISH_REASON"][0].decode() == ending.finish_reason
    assert json.loads(last["USAGE"][0]) == {
        "prompt_tokens": ending.prompt_tokens,
        "completion_tokens": ending.completion_tokens,
    }
    assert "TEXT" not in last
