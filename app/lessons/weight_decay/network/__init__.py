"""The view network of Weight decay."""
