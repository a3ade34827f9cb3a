"""Benchmarks: one client per environment, a fresh process per measurement, ratios within one run."""
