"""What the tests do to the list of pictures, without a browser."""

from streamlit.testing.v1 import AppTest

_KEY = "choose_"


def choose(test: AppTest, setting: str) -> AppTest:
    """Press a picture of the list: a sample's key, or the setting of an upload."""
    return test.button(key=f"{_KEY}{setting}").click().run()


def listed(test: AppTest) -> dict[str, str]:
    """What can be chosen: the labels, by setting."""
    return {
        one.key.removeprefix(_KEY): one.label
        for one in test.button
        if one.key and one.key.startswith(_KEY)
    }


def chosen(test: AppTest) -> list[str]:
    """The pictures that are marked as the one in use."""
    return [
        one.key.removeprefix(_KEY)
        for one in test.button
        if one.key and one.key.startswith(_KEY) and one.proto.type == "primary"
    ]
