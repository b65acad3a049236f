"""Schemas that say that their values are secrets.

`format: password` is the mark that OpenAPI has. Many descriptions carry extensions for the same; one of these that is
true counts as well. `writeOnly` alone says nothing: much of what is only ever sent is no secret.
"""

from __future__ import annotations

from typing import Final

EXTENSIONS: Final = frozenset(
    "x-sensitive x-sensitive-data x-secret x-is-secret x-ms-secret x-confidential x-credential "
    "x-redact x-redacted x-mask x-masked".split()
)
"""Extensions of schemas that say so where they are true."""


def is_marked(schema: object) -> bool:
    """Tell whether a Schema Object itself says that its value is a secret; `$ref` and `allOf` are not followed."""
    if not isinstance(schema, dict):
        return False
    return schema.get("format") == "password" or any(schema.get(name) is True for name in EXTENSIONS & schema.keys())
