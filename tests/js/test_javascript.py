"""The pure functions of the components, tested where they run: `node --test`."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


@pytest.mark.skipif(
    shutil.which("node") is None and not os.environ.get("CI"),
    reason="no Node.js found; on Debian: apt-get install nodejs",
)
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.test.mjs")), ids=lambda path: path.stem)
def test_script(path: Path) -> None:
    done = subprocess.run(["node", "--test", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
