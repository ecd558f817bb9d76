"""Experiments with trained networks: shuffled pixels and shifted pictures, and their recordings."""
