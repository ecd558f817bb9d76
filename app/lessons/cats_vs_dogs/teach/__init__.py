"""Classes that a visitor teaches."""
