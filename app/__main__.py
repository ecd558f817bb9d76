"""Start Kernelscope: `python -m app`; any further words go to `streamlit run`."""

import os
import sys
from pathlib import Path

from streamlit.web import cli

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Serve the app with the project's own configuration, wherever it was called from."""
    os.chdir(ROOT)  # Streamlit looks for .streamlit/config.toml in the working directory.
    cli.main(["run", str(ROOT / "app" / "server.py"), *sys.argv[1:]])


if __name__ == "__main__":
    main()
