"""QUESTION ADAPTER ROUNDS SIZE → one JSON object on stdout; runs in the client's own environment."""

from __future__ import annotations

import importlib
import json
import sys

if __name__ == "__main__":
    question, adapter, rounds, size = sys.argv[1:]
    answer = importlib.import_module(f"questions.{question}").measure
    json.dump(answer(importlib.import_module(f"adapters.{adapter}"), int(rounds), int(size)), sys.stdout)
