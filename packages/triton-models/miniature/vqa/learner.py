"""The losses of one training step."""

import functools

import numpy
import torch
from torch import nn
from transformers import LlavaOnevisionForConditionalGeneration, Qwen2Tokenizer

from ..blockworld import Question
from ..blockworld.questions import Kind
from .attention import Probe
from .examples import Examples
from .grounding import LAYER, GroundingHeads, Referents, looking_loss
from .mentions import mentions_of
from .naming import NamingHeads
from .packing import Asked, answer_logits, answer_loss, pack, right_answers
from .patches import PatchHeads, PatchTargets
from .pictures import features, normalised, token_patches
from .prompts import INSTRUCTIONS, OTHER_INSTRUCTIONS, answer_tokens, frame
from .recalling import RECALLING_LAYER, RecallHead, direction_in

# Scenes allow some kinds of questions less often than others, and some are harder.
_WEIGHTS: dict[Kind, float] = {
    "count": 1.5,
    "colour": 1.0,
    "shape": 1.0,
    "position": 1.5,
    "relation": 2.0,
    "presence": 1.0,
    "comparison": 1.3,
}
# Most counts are one.
_NUMBERS = {"There is one.": 0.5, "There are none.": 0.8, "There are two.": 1.2}
_MANY = 1.8
# Of the loss of patches beside that of answers.
_LOOKS = 0.7
# Of the names of patches beside what else there is to see in them.
_NAMES = 0.7
# Of finding what nouns are about beside answers.
_GROUNDING = 0.3
# Of knowing, where the answer begins, what the question is about.
_RECALLING = 0.5
_INSTRUCTIONS = (INSTRUCTIONS,) * 5 + (None, *OTHER_INSTRUCTIONS)


class Learner(nn.Module):
    """The model, and the heads that are thrown away after the training."""

    def __init__(self, model: LlavaOnevisionForConditionalGeneration, tokenizer: Qwen2Tokenizer):
        super().__init__()
        self.model = model
        self.heads = PatchHeads(model.config.vision_config.hidden_size)
        self.grounding = GroundingHeads(model.config.text_config.hidden_size)
        self.naming = NamingHeads(tokenizer, model.config.text_config.hidden_size)
        self.recall = RecallHead(model.config.text_config.hidden_size)
        self._tokenizer = tokenizer
        self._frames = [frame(tokenizer, instructions) for instructions in _INSTRUCTIONS]
        self._question = functools.cache(lambda text: tokenizer(text).input_ids)
        self._mentions = functools.cache(lambda text: mentions_of(text, tokenizer))
        self._answer = functools.cache(lambda text: answer_tokens(tokenizer, text))

    def looking(self, examples: Examples) -> tuple[torch.Tensor, dict[str, float]]:
        """The loss of what is seen in patches, alone."""
        pixels = normalised(torch.from_numpy(examples.pixels)).flatten(0, 1)
        tower = self.model.model.vision_tower(pixels, output_hidden_states=True)
        return self._seen(tower.hidden_states[self.model.config.vision_feature_layer], examples)

    def answering(
        self, examples: Examples, generator: numpy.random.Generator
    ) -> tuple[torch.Tensor, dict[str, float], dict[Kind, list[bool]]]:
        """The loss of the answers, with that of the patches beside it; both for themselves; which answers are right."""
        words = self._frames[generator.integers(len(self._frames))]
        packed = pack([self._asked(questions) for questions in examples.questions], words, self._tokenizer.pad_token_id)
        read, patches = features(self.model, torch.from_numpy(examples.pixels), examples.size)
        rows, places, _ = zip(*packed.mentions, strict=True)
        probe = Probe(LAYER, torch.tensor(rows), torch.tensor(places))
        logits, hidden = answer_logits(self.model, read, packed, torch.tensor([words.before]), probe)
        answers = answer_loss(logits, packed)
        seen, values = self._seen(patches, examples)
        mentions = [(row, query) for row, _, query in packed.mentions]
        referents = Referents.of(mentions, examples.scenes, examples.targets)
        tokens = token_patches(self.model, examples.pixels.shape[1], examples.size)
        looks, found = looking_loss(probe, referents, tokens, len(words.before))
        nouns = self.grounding.loss(hidden[LAYER + 1][probe.rows, probe.places], referents)
        recalled = self.recall.loss(hidden[RECALLING_LAYER + 1], packed, referents)
        loss = answers + _LOOKS * seen + _GROUNDING * (looks + nouns) + _RECALLING * recalled
        values |= {"answers": answers.item(), "nouns": nouns.item(), "looks": looks.item(), "found": found}
        values["recalled"] = recalled.item()
        return loss, values, right_answers(logits, packed)

    def _seen(self, patches: torch.Tensor, examples: Examples) -> tuple[torch.Tensor, dict[str, float]]:
        targets = PatchTargets.stack(examples.targets)
        loss, values = self.heads.loss(patches, targets)
        read = self.model.model.multi_modal_projector(patches).flatten(0, 1)
        names, further = self.naming.loss(read, self.model.get_input_embeddings().weight, targets)
        return loss + _NAMES * names, {**values, **further}

    def _asked(self, questions: tuple[Question, ...]) -> list[Asked]:
        return [
            Asked(
                one.kind,
                self._question(one.text),
                self._answer(one.answer),
                _weight(one),
                self._mentions(one.text),
                direction_in(one.text),
            )
            for one in questions
        ]


def _weight(question: Question) -> float:
    by_number = _NUMBERS.get(question.answer, _MANY) if question.kind == "count" else 1.0
    return _WEIGHTS[question.kind] * by_number
