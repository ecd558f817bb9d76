"""The view written of Weight decay."""
