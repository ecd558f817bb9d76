"""Which network and which class are explained."""

import numpy as np

from app.drawing.numbers import percent_text
from app.networks.explained_class import class_change
from app.networks.prediction import Prediction
from app.networks.settings import NetworkSettings
from app.session import state
from app.session.widgets import selected
from cnn_core.networks.models import registry

_TOP = 5


def network_choice(settings: NetworkSettings) -> None:
    """Choose the network that is explained."""
    selected(
        "network",
        "Network",
        list(registry.NETWORKS),
        lambda key: registry.defined(key).title,
        shown=settings.network,
        along=lambda chosen: class_change(settings.network, chosen),
    )


def class_choice(prediction: Prediction) -> int:
    """Choose any class, the most probable first, the others by name; return it."""
    classes, scores = prediction.network.classes, prediction.scores
    best = [int(at) for at in np.argsort(-scores, kind="stable")[:_TOP]]
    others = sorted(set(range(len(classes))) - set(best), key=lambda at: classes[at].lower())
    chosen = chosen_class(prediction)

    def name(option: str) -> str:
        at = int(option)
        return f"{classes[at]} · {percent_text(float(scores[at]))}" if at in best else classes[at]

    options = [str(at) for at in (*best, *others)]
    selected("class", "Explain which class?", options, name, shown=str(chosen))
    return chosen


def chosen_class(prediction: Prediction) -> int:
    """Return the class that is explained."""
    return class_of(prediction, state.text("class"))


def class_of(prediction: Prediction, text: str) -> int:
    """Return the class that a text chooses, else the most probable one."""
    if text and int(text) < len(prediction.network.classes):
        return int(text)
    return int(np.argmax(prediction.scores))
