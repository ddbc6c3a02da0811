import pytest
import torch

from miniature.vqa.learner import Learner
from miniature.vqa.model import make_model
from miniature.vqa.tokenizer import train_tokenizer
from miniature.vqa.train import words_of_the_world


@pytest.fixture(scope="session")
def tokenizer():
    return train_tokenizer(words_of_the_world(20))


@pytest.fixture
def learner(tokenizer) -> Learner:
    torch.manual_seed(0)
    return Learner(make_model(tokenizer), tokenizer)
