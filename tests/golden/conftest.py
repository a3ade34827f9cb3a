"""The option of `make golden`."""

from __future__ import annotations


def pytest_addoption(parser):
    parser.addoption("--write-goldens", action="store_true", help="write the expected files instead of comparing with them")
