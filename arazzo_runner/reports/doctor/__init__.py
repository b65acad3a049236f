"""Readiness in, text out: `readiness` are the facts, `text` writes them for a person, `json` for a program."""
