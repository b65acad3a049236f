"""The way through: which outcome a step of a mocked run shall have, and which action shall fire."""
