"""Run as `python -m cnn_core.networks.experiments NAME`."""

import sys

from cnn_core.networks.experiments.command import main

if __name__ == "__main__":
    sys.exit(main())
