"""What the configuration must keep, and why."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())


def test_no_full_collection_after_a_rerun() -> None:
    # It holds the interpreter for 70 to 130 ms, which every other session feels.
    assert CONFIG["runner"]["postScriptGC"] is False


def test_streamlit_still_knows_the_option() -> None:
    from streamlit import config

    assert "runner.postScriptGC" in config.get_config_options()


def test_the_server_listens_on_this_machine_only_unless_told() -> None:
    assert CONFIG["server"]["address"] == "localhost"


def test_nothing_is_reported_home() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False


def test_constraints_pin_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if "==" in line
    }
    for requirement in wanted:
        name = requirement.split(">")[0].split("=")[0].split("<")[0]
        assert name.lower().replace("_", "-") in pinned, name


def test_streamlit_refers_to_no_message_it_sent_before() -> None:
    assert CONFIG["global"]["minCachedMessageSize"] > 1e9
    from streamlit import config

    assert "global.minCachedMessageSize" in config.get_config_options()
