"""The view points of Batch normalization."""
