"""What the cards say of the models in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class About:
    """architecture: the class that reads the weights. task: of the hub's `pipeline_tag`."""

    architecture: str
    library: str
    task: str
    does: str
    limits: str


ABOUT = {
    "owlv2": About(
        "Owlv2ForObjectDetection",
        "transformers",
        "zero-shot-object-detection",
        "Finds coloured shapes by phrases: `red ball`, `a small blue cube`, `the rings`, `green thing`.",
        "It reads the English words of Blockworld only. Of a phrase with unknown words it sees those that it knows; a "
        "phrase of unknown words alone, or in another language (Korean), may point at anything, and the SDK's second "
        "look, which asks the same model, may then confirm it. Labels of its training never had the held-out pairs "
        "of colour and shape; pixels may have, in the quarter of the pictures whose colour channels were mixed and of "
        "which colours were not learned.",
    ),
    "sam": About(
        "SamModel",
        "transformers",
        "mask-generation",
        "Cuts out what a box or points lead to.",
        "It has seen shapes with clear outlines on quiet grounds, and nothing else.",
    ),
    "vqa": About(
        "LlavaOnevisionForConditionalGeneration",
        "transformers",
        "image-text-to-text",
        "Answers questions about number, colour, shape, place, relation, presence and size, in forms that it learned.",
        "A question of another form gets an answer of one of its forms, which may be wrong. English only.",
    ),
    "clip": About(
        "CLIPModel",
        "transformers",
        "zero-shot-image-classification",
        "Compares pictures with descriptions such as `a large red ball and a blue cube on a grey background`.",
        "Its vectors mean nothing for other pictures and texts.",
    ),
    "sd3": About(
        "StableDiffusion3InpaintPipeline",
        "diffusers",
        "image-to-image",
        "Paints a shape into a masked place (`a blue cube`), or the ground where a thing was taken away.",
        "It only inpaints, at 128 pixels. Where a thing was taken away, the place may be smoother than the ground "
        "around.",
    ),
}
