"""What the painter is asked for: the words for things, and the fixed ones of the SDK."""

import numpy

from ..blockworld import COLOURS, SHAPES, SIZES, Thing, with_article

# Of a removal, as packages/sdk/src/triton/backend/paintings.ts has them; a test compares.
EMPTINESS = "the empty background, continued seamlessly from its surroundings, same light, same texture"
NOTHING_WANTED = "object, thing, person, animal, text, logo, watermark, shadow, frame, blurry, artefacts"
# What the second attempt adds, in packages/sdk/src/tools/second-attempt.ts.
INSISTENCE = ", the whole of it, clearly visible, in the middle"

_INSISTS = 0.15
# A text without meaning for the picture, so that guidance has something to lead away from.
_SILENT = 0.12


def known_texts() -> list[str]:
    """Texts that hold every word of the painter's vocabulary."""
    words = [*SHAPES, *COLOURS, *SIZES, "a", "an", "the", "one", "single", "thing", "shape", "with", "on", "of", "and"]
    return [" ".join(words), EMPTINESS, NOTHING_WANTED, INSISTENCE, "background of a picture: ground, floor, nothing!"]


def random_prompt(generator: numpy.random.Generator, thing: Thing | None) -> str:
    """Words for a thing that a hole is to be filled with; for None those for background. Sometimes none at all."""
    if generator.random() < _SILENT:
        return NOTHING_WANTED if generator.random() < 0.4 else ""
    if thing is None:
        return EMPTINESS
    words = f"{thing.size} {thing.name}" if generator.random() < 0.2 else thing.name
    form = generator.random()
    if form < 0.6:
        words = with_article(words)
    elif form < 0.7:
        words = f"the {words}"
    return words + INSISTENCE if generator.random() < _INSISTS else words
