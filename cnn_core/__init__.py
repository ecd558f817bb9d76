"""The mathematics of convolutional networks on numpy arrays: readable, tested, without a front end.

Importing `cnn_core` does not import torch; only `cnn_core.networks` does.
"""
