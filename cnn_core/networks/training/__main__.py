"""Run as `python -m cnn_core.networks.training NETWORK`."""

import sys

from cnn_core.networks.training.command import main

if __name__ == "__main__":
    sys.exit(main())
