"""Benchmarks: they print figures and ratios, and nothing asserts them."""
