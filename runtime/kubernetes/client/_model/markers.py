"""Field markers: what a generated model writes as a field's default.

They are bits, so that a field can carry more than one (`REQUIRED | MICRO_TIME`). For type checkers they are Any,
because a required field is declared with its plain type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

REQUIRED: Any = 1
"""The document lists the property under `required`: users may not leave or set it None."""
BASE64: Any = 2
"""`format: byte`: a string that users set must be base64 (RFC 4648)."""
MICRO_TIME: Any = 4
"""A meta/v1 MicroTime: servers parse it with exactly six fraction digits."""
RAW_JSON: Any = 8
"""A value that few programs read: its JSON text is kept and decoded when first read."""
