"""Segment Anything: the image encoder, and the decoder with the prompt encoder before it."""

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoConfig, SamModel

from ..errors import SettingsError
from ..settings import SamSettings
from .part import Part


class Encoder(nn.Module):
    def __init__(self, model: SamModel):
        super().__init__()
        self.vision_encoder = model.vision_encoder

    def forward(self, pixel_values: Tensor) -> Tensor:
        """[pictures, 3, side, side] float32 to [pictures, channels, side / 16, side / 16] float32."""
        return self.vision_encoder(pixel_values).last_hidden_state


class Decoder(nn.Module):
    """Prompts are points alone: a box is its two corners, with labels of their own (arXiv 2304.02643, appendix A)."""

    def __init__(self, model: SamModel):
        super().__init__()
        encoder = model.prompt_encoder
        self.shared_embedding, self.side = encoder.shared_embedding, encoder.input_image_size
        # By label, from -1 on.
        kinds = [encoder.not_a_point_embed, *encoder.point_embed]
        self.register_buffer("kinds", torch.cat([kind.weight for kind in kinds]).detach())
        self.register_buffer("no_mask", encoder.no_mask_embed.weight.detach()[:, :, None, None])
        self.register_buffer("positions", model.get_image_wide_positional_embeddings().detach())
        self.mask_decoder = model.mask_decoder

    def forward(self, image_embeddings: Tensor, points: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """
        image_embeddings: of the encoder. points: [pictures, prompts, points, 2] float32, (x, y) in pixels of the
        square. labels: [pictures, prompts, points] int64: 1 on the thing, 0 beside it, 2 and 3 the top-left and
        bottom-right corner of a box, -1 fills up a prompt without a box (it needs one), -10 one that is shorter.
        (mask logits [pictures, prompts, 4, side / 4, side / 4], IoU estimates [pictures, prompts, 4]): the single
        mask, then the three of an ambiguous prompt.
        """
        places = self.shared_embedding(points + 0.5, (self.side, self.side)) * (labels >= 0)[..., None]
        sparse = places + self.kinds[labels.clamp(min=-1) + 1] * (labels >= -1)[..., None]
        # A picture for each prompt, so that what follows knows one free dimension alone.
        maps = image_embeddings[:, None].expand(-1, labels.shape[1], -1, -1, -1).flatten(0, 1)
        masks, scores = self._decode(maps + self.no_mask, sparse.flatten(0, 1))
        return masks.unflatten(0, labels.shape[:2]), scores.unflatten(0, labels.shape[:2])

    def _decode(self, maps: Tensor, sparse: Tensor) -> tuple[Tensor, Tensor]:
        """
        What `mask_decoder` computes before it chooses the single mask or the three: to call it for each would make the
        graph twice as large. maps: [n, channels, h, w]; sparse: [n, points, channels].
        """
        decoder = self.mask_decoder
        count, channels, height, width = maps.shape
        own = torch.cat([decoder.iou_token.weight, decoder.mask_tokens.weight])
        tokens, seen = decoder.transformer(
            point_embeddings=torch.cat([own.expand(count, -1, -1), sparse], dim=1)[:, None],
            image_embeddings=maps,
            image_positional_embeddings=self.positions.expand(count, -1, -1, -1),
            attention_similarity=None,
            target_embedding=None,
        )
        fine = decoder.upscale_conv1(seen.transpose(-1, -2).reshape(count, channels, height, width))
        fine = decoder.upscale_conv2(decoder.activation(decoder.upscale_layer_norm(fine)))
        fine = decoder.activation(fine)
        kernels = torch.stack(
            [network(tokens[:, 0, 1 + index]) for index, network in enumerate(decoder.output_hypernetworks_mlps)], dim=1
        )
        masks = torch.einsum("nkc,nchw->nkhw", kernels, fine)
        return masks, decoder.iou_prediction_head(tokens[:, 0, 0])


def sam_parts(folder: Path, settings: SamSettings) -> list[Part]:
    """Raises `SettingsError` for SAM 2."""
    kind = AutoConfig.from_pretrained(folder, local_files_only=True).model_type
    if kind != "sam":
        raise SettingsError(f"sam: {settings.model} is of type {kind}; only the first SAM can be exported.")
    model = SamModel.from_pretrained(folder, local_files_only=True, dtype=torch.float32).eval()
    prompts = model.config.prompt_encoder_config
    side, grid, channels = prompts.image_size, prompts.image_embedding_size, prompts.hidden_size

    def pictures(sizes: Mapping[str, int]) -> tuple[Tensor, ...]:
        generator = torch.Generator().manual_seed(sizes["pictures"])
        return (torch.randn(sizes["pictures"], 3, side, side, generator=generator),)

    def prompted(sizes: Mapping[str, int]) -> tuple[Tensor, ...]:
        generator = torch.Generator().manual_seed(sizes["prompts"])
        shape = (sizes["pictures"], sizes["prompts"], sizes["points"])
        embeddings = torch.randn(sizes["pictures"], channels, grid, grid, generator=generator)
        points = torch.rand(*shape, 2, generator=generator) * side
        kinds = torch.tensor([1, 0, 2, 3, -1, -10])
        labels = kinds[torch.randint(len(kinds), shape, generator=generator)]
        return embeddings, points, labels

    return [
        Part(
            file="sam-encoder.onnx",
            module=Encoder(model),
            free={"pixel_values": ("pictures", None, None, None)},
            outputs=("image_embeddings",),
            example=pictures,
            sizes=({"pictures": 2}, {"pictures": 1}, {"pictures": 3}),
            most_error={"image_embeddings": 1e-4},
        ),
        Part(
            file="sam-decoder.onnx",
            module=Decoder(model),
            free={
                "image_embeddings": ("pictures", None, None, None),
                "points": ("pictures", "prompts", "points", None),
                "labels": ("pictures", "prompts", "points"),
            },
            outputs=("masks", "scores"),
            example=prompted,
            sizes=(
                {"pictures": 2, "prompts": 3, "points": 4},
                {"pictures": 1, "prompts": 1, "points": 2},
                {"pictures": 3, "prompts": 5, "points": 7},
            ),
            most_error={"masks": 1e-3, "scores": 1e-4},
        ),
    ]
