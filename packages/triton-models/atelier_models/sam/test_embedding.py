import torch

from .embedding import Embedding
from .frame import Frame


def test_counts_all_maps_and_half_precision_half():
    features = (torch.zeros(10, dtype=torch.bfloat16), torch.zeros(3))
    assert Embedding(features, Frame.fitted((1, 1), 8)).nbytes == 32
