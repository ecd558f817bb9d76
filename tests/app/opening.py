"""Opens a page of the app as a link does, without a browser."""

from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

MAIN = Path(__file__).parents[2] / "app" / "main.py"


def opened(lesson: str = "pictures", **query: str) -> AppTest:
    """Open a lesson by its key, or the start page by "", with a query."""
    test = AppTest.from_file(str(MAIN), default_timeout=60)
    for key, value in query.items():
        test.query_params[key] = value
    if lesson:
        # AppTest.switch_page only knows pages that are files; ours are functions with an address.
        test._page_hash = calc_hash(lesson)
    return test.run()
