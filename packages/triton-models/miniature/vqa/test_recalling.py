import numpy
import torch

from miniature.vqa.examples import Sampler
from miniature.vqa.grounding import Referents
from miniature.vqa.mentions import mentions_of
from miniature.vqa.packing import Asked, pack
from miniature.vqa.prompts import INSTRUCTIONS, answer_tokens, frame
from miniature.vqa.recalling import RecallHead, direction_in

_TEXTS = {"Is the red ball above the blue cube?": "No.", "How many things are there?": "There are two."}


def _packed(tokenizer):
    asked = [
        Asked(
            "relation",
            tokenizer(q).input_ids,
            answer_tokens(tokenizer, a),
            1.0,
            mentions_of(q, tokenizer),
            direction_in(q),
        )
        for q, a in _TEXTS.items()
    ]
    return pack([asked, asked], frame(tokenizer, INSTRUCTIONS), tokenizer.pad_token_id)


def test_knows_where_each_answer_begins_and_what_its_question_names(tokenizer):
    packed = _packed(tokenizer)
    assert len(packed.answers) == 4
    for picture, place, mentions, direction in packed.answers:
        assert packed.labels[picture, place] != -100 and packed.labels[picture, place - 1] == -100
        slot = packed.slots[place]
        named = [packed.mentions[number] for number in mentions]
        assert (direction > 0) == (len(mentions) == 2)
        assert all(row == picture and packed.slots[where] == slot for row, where, _ in named)
    texts = [[packed.mentions[number][2].text() for number in mentions] for _, _, mentions, _ in packed.answers]
    assert sorted(texts[:2]) == [["red ball", "blue cube"], ["thing"]]


def test_the_loss_falls_when_places_and_numbers_are_told_by_what_stands_there(tokenizer, scenes):
    packed = _packed(tokenizer)
    examples = Sampler(scenes).whole(numpy.array([0, 0]), numpy.random.default_rng(0), 0)
    mentions = [(row, query) for row, _, query in packed.mentions]
    referents = Referents.of(mentions, examples.scenes, examples.targets)
    torch.manual_seed(0)
    head, hidden = RecallHead(16), torch.randn(*packed.tokens.shape, 16)
    optimiser = torch.optim.Adam(head.parameters(), lr=0.05)
    losses = []
    for _ in range(60):
        loss = head.loss(hidden, packed, referents)
        losses.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert losses[-1] < 0.2 * losses[0]
