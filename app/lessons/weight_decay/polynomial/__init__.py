"""The view polynomial of Weight decay."""
