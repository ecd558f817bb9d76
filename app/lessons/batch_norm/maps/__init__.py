"""The view maps of Batch normalization."""
