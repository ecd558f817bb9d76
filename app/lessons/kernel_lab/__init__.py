"""Kernel lab."""
