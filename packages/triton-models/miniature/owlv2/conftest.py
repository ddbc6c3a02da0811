import pytest

from .tokenizer import word_tokenizer


@pytest.fixture(scope="session")
def tokenizer():
    return word_tokenizer()
