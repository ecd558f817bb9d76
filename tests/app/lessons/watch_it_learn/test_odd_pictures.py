"""Pictures of one pixel, of two, and of equal pixels: every view opens and says what is so."""

import numpy as np
import pytest

from app.lessons.watch_it_learn.settings import VIEWS
from app.live.image_store import STORE
from tests.app.opening import opened

ODD = {
    "1 x 1": np.full((1, 1, 3), 200, np.uint8),
    "2 x 1": np.array([[[0, 0, 0]], [[255, 255, 255]]], np.uint8),
    "equal": np.full((9, 9, 3), 40, np.uint8),
}
EXTENDED = "The picture is smaller than the kernel"
EQUAL = "other kernels have the same response"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ODD)
def test_every_view_opens_on_an_odd_picture(view: str, name: str) -> None:
    setting = f"upload-{STORE.put(ODD[name], owner='somebody')}"
    own = {"source": "picture", "learn_net_watched": "own", "learn_step": "5"}
    page = opened("watch_it_learn", learn_view=view, picture=setting, **own)
    assert not page.exception
    assert not page.error
    assert page.session_state["picture"] == setting
    if view == "kernel":
        said = " ".join(one.value for one in (*page.caption, *page.markdown))
        assert (EXTENDED in said) == (name != "equal")
        assert EQUAL in said
