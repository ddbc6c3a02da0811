"""For the tests of all models."""

import pytest
import torch


@pytest.fixture(scope="session", autouse=True)
def one_core():
    """Models this small are many times slower on several cores that others use as well."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
