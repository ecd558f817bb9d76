"""Start Kernelscope: `python -m app`; any further words go to `streamlit run`."""

import os
import sys
from pathlib import Path

from streamlit.web import cli

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Serve the app with the project's own configuration, wherever it was called from."""
    # Before numpy is imported, which asks once how many threads its algebra takes: two of them wait
    # for each other where the cores are busy, 80 ms for what one alone does in 10. `app.live.warm`
    # says the same to torch.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.chdir(ROOT)  # Streamlit looks for .streamlit/config.toml in the working directory.
    cli.main(["run", str(ROOT / "app" / "server.py"), *sys.argv[1:]])


if __name__ == "__main__":
    main()
