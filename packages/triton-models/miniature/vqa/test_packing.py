import numpy
import torch
from atelier_models.vqa.processor import load_processor
from PIL import Image

from miniature.vqa.examples import Sampler
from miniature.vqa.model import save
from miniature.vqa.packing import Asked, answer_logits, pack
from miniature.vqa.pictures import features
from miniature.vqa.prompts import INSTRUCTIONS, answer_tokens, frame

_TEXTS = {"How many things are there?": "There are two.", "What is it?": "It is a red ball.", "Is there a cube?": "No."}


def test_packed_questions_have_the_logits_of_each_question_alone(scenes, learner, tokenizer, tmp_path):
    model = learner.model.eval()
    save(model, tokenizer, tmp_path)
    processor = load_processor(tmp_path, model.config, False)
    index = next(index for index, (width, height) in enumerate(scenes.sizes) if width != height)
    examples = Sampler(scenes).whole([index, index], numpy.random.default_rng(0), 3)
    asked = [Asked("count", tokenizer(q).input_ids, answer_tokens(tokenizer, a), 1.0, []) for q, a in _TEXTS.items()]
    words = frame(tokenizer, INSTRUCTIONS)
    packed = pack([asked, asked], words, tokenizer.pad_token_id)
    with torch.no_grad():
        read, _ = features(model, torch.from_numpy(examples.pixels), examples.size)
        logits, _ = answer_logits(model, read, packed, torch.tensor([words.before]))
        alone = []
        height, width = examples.size
        picture = Image.fromarray(scenes.pixels[index, :height, :width])
        for one, text in sorted(zip(asked, _TEXTS, strict=True), key=lambda pair: _length(pair[0])):
            inputs = _served(processor, picture, text)
            inputs["input_ids"] = torch.cat([inputs["input_ids"], torch.tensor([one.answer[:-1]])], dim=1)
            inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
            alone.append(model(**inputs).logits[0, -len(one.answer) :])
    expected = torch.cat(alone)
    assert torch.allclose(logits[: len(expected)], expected, atol=1e-4)
    assert torch.allclose(logits[len(expected) :], expected, atol=1e-4)


def _length(one: Asked) -> int:
    return len(one.question) + len(one.answer)


def _served(processor, picture: Image.Image, text: str) -> dict:
    chat = [
        {"role": "system", "content": [{"type": "text", "text": INSTRUCTIONS}]},
        {"role": "user", "content": [{"type": "image", "image": picture}, {"type": "text", "text": text}]},
    ]
    encoded = processor.apply_chat_template(
        chat, add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
    )
    return {name: value for name, value in encoded.items() if name != "mm_token_type_ids"}
