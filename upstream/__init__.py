"""Patches for the stock templates of openapi-generator: kept as a series, proven, written as mail."""
