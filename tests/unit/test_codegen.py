"""openapi-generator is run with memory for its document, and its log tells why it failed; a shell script stands in for Java."""

from __future__ import annotations

import pytest

from generator import codegen
from generator.errors import Failure


@pytest.fixture
def java(monkeypatch, tmp_path):
    """Make a `java` that notes its arguments, prints a text and fails."""

    def made(text):
        (tmp_path / "text").write_text(text)
        script = tmp_path / "java"
        script.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\ncat {tmp_path}/text\nexit 1\n')
        script.chmod(0o755)
        monkeypatch.setattr(codegen, "_java", lambda: script)
        monkeypatch.setattr(codegen, "_jar", lambda: tmp_path / "x.jar")
        return tmp_path

    return made


def test_a_large_document_has_memory(java):
    folder = java("")
    heaps = []
    for size in (100, 30 * 2**20):
        (folder / "document").write_bytes(bytes(size))
        with pytest.raises(Failure, match="ended with status 1: no output"):
            codegen.generate(folder / "document", folder, folder / "log")
        (heap,) = [word for word in (folder / "arguments").read_text().split() if word.startswith("-Xmx")]
        heaps.append(heap)
    assert heaps == ["-Xmx600m", "-Xmx1800m"]


@pytest.mark.parametrize(
    "reason",
    [
        'Exception in thread "main" java.lang.OutOfMemoryError: Java heap space',
        "Error occurred: no such template",
        "[error] java.lang.IllegalStateException: odd",
    ],
)
def test_the_reason_is_told_and_not_what_the_validator_says(java, reason):
    folder = java(f"Errors: \n\t-attribute paths.x(get).operationId is repeated\n{reason}\n\tat org.Exceptions.run(X.java:1)\n")
    (folder / "document").touch()
    with pytest.raises(Failure) as caught:
        codegen.generate(folder / "document", folder, folder / "log")
    assert reason in str(caught.value)
