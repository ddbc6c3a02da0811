"""
Many questions about one picture in one sequence. Words and picture before the questions are read once; each question
sees them and itself, at the positions that it would have alone, so the model computes what it computes for each
question by itself.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy
import torch
from torch.nn.functional import cross_entropy
from transformers import LlavaOnevisionForConditionalGeneration

from ..blockworld import Query
from ..blockworld.questions import Kind
from .attention import NAME, Layout, Probe, layout
from .mentions import Mention
from .prompts import Frame

_NO_LABEL = -100


@dataclass(frozen=True)
class Asked:
    """
    Token ids of a question and of its answer, the end token included; how much the answer counts; what is named; and
    the number of the direction that is asked about, 0 if none.
    """

    kind: Kind
    question: list[int]
    answer: list[int]
    weight: float
    mentions: list[Mention]
    direction: int = 0


@dataclass(frozen=True)
class Packed:
    """
    Questions about a batch of b pictures; `slots` [t] numbers the question that each of the t places belongs to.
    tokens, labels: [b, t]; a label is the token that should come next, -100 where it does not matter.
    weights: [b, t] of the labels.
    positions: [t] from the first place behind the picture.
    kinds: [picture][slot]. mentions: (picture, place, what is named) each.
    answers: for each question (picture, place of its last token before the answer, its mentions' indices, direction).
    """

    tokens: torch.Tensor
    labels: torch.Tensor
    weights: torch.Tensor
    positions: torch.Tensor
    slots: torch.Tensor
    kinds: list[list[Kind]]
    mentions: list[tuple[int, int, Query]]
    answers: list[tuple[int, int, list[int], int]]


def pack(asked: list[list[Asked]], frame: Frame, pad: int) -> Packed:
    """
    asked: [picture][question]; as many about each picture. A question goes into the slot of its rank by length, so that
    little is padded.
    """
    rows = [sorted(picture, key=lambda one: len(one.question) + len(one.answer)) for picture in asked]
    extra = len(frame.between) + len(frame.after)
    # The last token of an answer is never read.
    sizes = [extra + max(len(one.question) + len(one.answer) for one in slot) - 1 for slot in zip(*rows, strict=True)]
    starts = numpy.cumsum([0, *sizes])
    tokens = numpy.full((len(rows), starts[-1]), pad)
    labels = numpy.full(tokens.shape, _NO_LABEL)
    weights = numpy.zeros(tokens.shape, dtype=numpy.float32)
    mentions, answers = [], []
    for row, slots in enumerate(rows):
        for start, one in zip(starts, slots, strict=False):
            known = [*frame.between, *one.question, *frame.after]
            tokens[row, start : start + len(known) + len(one.answer) - 1] = [*known, *one.answer[:-1]]
            said = slice(start + len(known) - 1, start + len(known) + len(one.answer) - 1)
            labels[row, said], weights[row, said] = one.answer, one.weight
            first = start + len(frame.between)
            numbers = [*range(len(mentions), len(mentions) + len(one.mentions))]
            answers.append((row, int(start + len(known) - 1), numbers, one.direction))
            mentions += [(row, int(first + mention.token), mention.query) for mention in one.mentions]
    return Packed(
        torch.from_numpy(tokens),
        torch.from_numpy(labels),
        torch.from_numpy(weights),
        torch.from_numpy(numpy.concatenate([numpy.arange(size) for size in sizes])),
        torch.from_numpy(numpy.repeat(numpy.arange(len(sizes)), sizes)),
        [[one.kind for one in slots] for slots in rows],
        mentions,
        answers,
    )


def answer_logits(
    model: LlavaOnevisionForConditionalGeneration,
    features: torch.Tensor,
    packed: Packed,
    before: torch.Tensor,
    probe: Probe | None = None,
) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """
    Logits [number of labels, vocabulary] where labels are, row by row; and, with a probe, what stands [b, t, d] at the
    places of questions before the first layer and behind each.
    features: [b, n, d], what the language model reads of each picture. before: [1, m] token ids ahead of the pictures,
    read once for all of them.
    """
    language, embed = model.model.language_model, model.get_input_embeddings()
    ahead, seen = before.shape[1], features.shape[1]
    with _attention(language):
        start = language(
            inputs_embeds=embed(before), attention_mask={"full_attention": Layout(ahead, (), ())}, use_cache=True
        ).past_key_values
        start.batch_repeat_interleave(len(features))
        places = torch.cat([torch.arange(seen), seen + packed.positions]) + ahead
        out = language(
            inputs_embeds=torch.cat([features.to(embed.weight.dtype), embed(packed.tokens)], dim=1),
            attention_mask={"full_attention": layout(ahead, seen, packed.slots, probe)},
            position_ids=places[None],
            past_key_values=start,
            output_hidden_states=probe is not None,
        )
    logits = model.lm_head(out.last_hidden_state[:, seen:][packed.labels != _NO_LABEL])
    return logits, [hidden[:, seen:] for hidden in out.hidden_states or ()]


def answer_loss(logits: torch.Tensor, packed: Packed) -> torch.Tensor:
    """Weighted mean of the cross entropy over all tokens of answers."""
    there = packed.labels != _NO_LABEL
    losses = cross_entropy(logits.float(), packed.labels[there], reduction="none")
    weights = packed.weights[there]
    return (losses * weights).sum() / weights.sum()


def right_answers(logits: torch.Tensor, packed: Packed) -> dict[Kind, list[bool]]:
    """For each question whether all tokens of its answer are the likeliest, those before them given."""
    there = packed.labels != _NO_LABEL
    wrong = torch.zeros_like(there)
    wrong[there] = logits.argmax(dim=1) != packed.labels[there]
    mistakes = torch.zeros(len(wrong), len(packed.kinds[0])).index_add_(1, packed.slots, wrong.float())
    found: dict[Kind, list[bool]] = {}
    for row, kinds in zip(mistakes.tolist(), packed.kinds, strict=True):
        for count, kind in zip(row, kinds, strict=True):
            found.setdefault(kind, []).append(count == 0)
    return found


@contextlib.contextmanager
def _attention(language: torch.nn.Module) -> Iterator[None]:
    usual = language.config._attn_implementation
    language.config._attn_implementation = NAME
    try:
        yield
    finally:
        language.config._attn_implementation = usual
