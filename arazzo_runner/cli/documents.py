"""The Arazzo document that a command names."""

from __future__ import annotations

from arazzo_runner.api import load
from arazzo_runner.cli.files import STDIN, meant, standard_input
from arazzo_runner.document.model import Description
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.retrieval import MAX_SOURCE_BYTES


def open_document(file: str) -> Description:
    """Load a document from a path, a URL, or standard input under the name ``-``.

    Raises:
        UsageError: it can't be read.
    """
    if file != STDIN:
        try:
            return load(file)
        except UsageError as fault:
            raise UsageError(fault.message, fault.hint or meant(file)) from None
    try:
        content = standard_input(MAX_SOURCE_BYTES + 1)
    except OSError as fault:
        raise UsageError(f"cannot read standard input: {fault.strerror}") from None
    if len(content) > MAX_SOURCE_BYTES:
        raise UsageError(f"standard input is larger than {MAX_SOURCE_BYTES // (1024 * 1024)} MiB")
    return load(STDIN, text=content)
