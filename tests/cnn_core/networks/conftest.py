from pathlib import Path

import numpy as np
import pytest
import torch

from cnn_core.datasets import ASSETS, load_fashion
from cnn_core.images import load_image
from cnn_core.networks import NETWORKS, Trace, load, trace

SAMPLES: Path = ASSETS / "samples"


def picture_for(name: str) -> np.ndarray:
    if load(name).preparation.color:
        return load_image(SAMPLES / "mandrill.png")
    return load_fashion("test").images[0]


@pytest.fixture(autouse=True, scope="session")
def _one_thread():
    """Keep torch to one thread: these tests measure no time and often share the machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session", params=tuple(NETWORKS))
def traced(request) -> Trace:
    """One trace of each network."""
    return trace(load(request.param), picture_for(request.param))


@pytest.fixture(scope="session")
def fashion() -> Trace:
    """A trace of `fashion_cnn` on the first test picture, an ankle boot."""
    return trace(load("fashion_cnn"), picture_for("fashion_cnn"))
