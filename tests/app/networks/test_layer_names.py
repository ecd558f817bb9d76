"""The names of layers that people read."""

import pytest

from app.networks.layer_names import block_title, layer_part, layer_title, quoted
from cnn_core.networks.models import registry


@pytest.mark.parametrize("network", registry.NETWORKS)
def test_every_layer_has_a_readable_title_of_its_own(network: str) -> None:
    layers = registry.defined(network).layers
    titles = [layer_title(layer) for layer in layers]
    assert len(set(titles)) == len(layers)
    assert not [title for title in titles if "_" in title or title != title.strip(" ,")]
    # Within a block, the part alone tells layers apart.
    parts = [(layer.block, layer_part(layer)) for layer in layers]
    assert len(set(parts)) == len(layers)


@pytest.mark.parametrize(
    ("network", "name", "title"),
    [
        ("efficientnet_lite0", "stem_relu6", "Stem, ReLU6"),
        ("efficientnet_lite0", "block2_project_norm", "Block 2, projection, batch norm"),
        ("efficientnet_lite0", "block15_add", "Block 15, addition"),
        ("efficientnet_lite0", "global_pool", "Classes, global average pool"),
        ("fashion_cnn", "relu1b", "Block 1, second ReLU"),
        ("fashion_cnn", "pool3", "Block 3, max pool"),
        ("fashion_mlp", "dense2", "Hidden 2, dense"),
        ("fashion_mlp", "input", "Input"),
    ],
)
def test_a_title_says_block_stage_and_kind(network: str, name: str, title: str) -> None:
    layer = next(one for one in registry.defined(network).layers if one.name == name)
    assert layer_title(layer) == title
    assert quoted(layer) == f"“{title}”"
    assert title.startswith(block_title(layer))
