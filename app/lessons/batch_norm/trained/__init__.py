"""The view trained of Batch normalization."""
