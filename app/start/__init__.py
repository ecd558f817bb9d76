"""The start page: what there is to see, each on the picture in use."""
