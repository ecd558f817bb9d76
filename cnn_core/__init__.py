"""The mathematics of convolutional networks, on numpy arrays: readable, tested, free of any user interface.

Importing `cnn_core` does not import torch; only `cnn_core.networks` does.
"""
