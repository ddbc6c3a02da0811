"""The two halves of a CLIP or SigLIP model, each from its inputs to vectors of length 1."""

from torch import Tensor, nn
from torch.nn.functional import normalize


class ImageTower(nn.Module):
    """
    `model.get_image_features`, normalised. CLIP: arXiv 2103.00020, SigLIP: 2303.15343, SigLIP 2: 2502.14786.
    CLIP projects the pooled vector; SigLIP's pooling head already ends in the common space.
    """

    def __init__(self, model):
        super().__init__()
        self.vision_model = model.vision_model
        self.visual_projection = getattr(model, "visual_projection", nn.Identity())

    def forward(self, pixel_values: Tensor, **patches: Tensor) -> Tensor:
        """The arguments of the model's `get_image_features`; [n, d] float32."""
        pooled = self.vision_model(pixel_values, **patches).pooler_output
        return normalize(self.visual_projection(pooled).float(), dim=-1)


class TextTower(nn.Module):
    """`model.get_text_features`, normalised."""

    def __init__(self, model):
        super().__init__()
        self.text_model = model.text_model
        self.text_projection = getattr(model, "text_projection", nn.Identity())

    def forward(self, input_ids: Tensor) -> Tensor:
        """[n, length] int64; [n, d] float32."""
        pooled = self.text_model(input_ids).pooler_output
        return normalize(self.text_projection(pooled).float(), dim=-1)
