"""Which parts of a picture a score depends on."""
