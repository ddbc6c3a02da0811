import pytest
import torch


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    """Models are so small that threads mostly wait for each other, for minutes where other work has the processors."""
    torch.set_num_threads(1)
