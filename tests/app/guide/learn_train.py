"""How the settings of the view "train" of Watch it learn are drawn, and states to be tried."""

from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.lessons.watch_it_learn.train.settings import SETTINGS as ALL
from app.session.control import Menu


def _options(key: str) -> SearchStrategy[str]:
    control = ALL[key].control
    assert isinstance(control, Menu)
    assert not callable(control.options)
    return st.sampled_from([text for text, _ in control.options])


SETTINGS: Mapping[str, SearchStrategy[str]] = {
    **{key: _options(key) for key in ALL if ALL[key].control},
    # Only the bundled pictures are everywhere.
    "learn_net_pictures": st.just("subset"),
    "learn_net_chart": st.just("gradients"),
}
STATES: tuple[Mapping[str, str], ...] = (
    {},
    {
        "learn_net_kind": "dense",
        "learn_net_layers": "3",
        "learn_net_dropout": "0.3",
        "learn_net_function": "leaky_relu",
        "learn_net_augmentation": "flip",
        "learn_net_norm": "0",
        "learn_net_optimizer": "sgd",
    },
    {
        "learn_net_layers": "4",
        "learn_net_kernel": "3",
        "learn_net_pooling": "average",
        "learn_net_norm": "0",
        "learn_net_optimizer": "momentum",
        "learn_net_rate": "0.01",
        "learn_net_decay": "0.01",
        "learn_net_dropout": "0.5",
        "learn_net_function": "identity",
        "learn_net_augmentation": "both",
        "learn_net_batch": "256",
        "learn_net_watched": "own",
        "learn_net_seed": "3",
    },
)
