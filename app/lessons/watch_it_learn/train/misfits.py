"""What a link can name and this server does not have."""

from collections.abc import Mapping

from app.lessons.watch_it_learn.train.settings import has_all_pictures


def misfits(texts: Mapping[str, str]) -> dict[str, str]:
    """Say that only the bundled training pictures are here, where a link asks for all."""
    if texts.get("learn_net_pictures") != "train" or has_all_pictures():
        return {}
    return {"learn_net_pictures": "only the bundled 10,000 training pictures are on this server."}
