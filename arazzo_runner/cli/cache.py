"""`arazzo cache`: what is kept between runs, where, and how to let go of it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Annotated

from arazzo_runner.cli import flags
from arazzo_runner.cli.documents import PARSES, cache_folder
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import say
from arazzo_runner.cli.marks import argument
from arazzo_runner.cli.output import page
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.plain import plain, write_json
from arazzo_runner.sources.cache import Cache
from arazzo_runner.sources.parses import Parses
from arazzo_runner.sources.shelf import Shelf
from arazzo_runner.values import Value

CLEAR = "clear"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCache:
    """Show what is kept between runs in the user's folder for caches: where, how much, and how big.

    These are copies of fetched documents, and what was read of big API descriptions. `arazzo cache clear` lets all of
    it go; the next run is only slower.
    """

    act: Annotated[
        str | None,
        argument(metavar="[clear]", help="Let go of all that is kept.", show_default=False),
    ] = None
    json: flags.Json = False

    def perform(self) -> int:
        """Tell what is kept, or let go of it."""
        if self.act not in (None, CLEAR):
            raise UsageError(f"there is no '{self.act}' to be done with what is kept", did_you_mean(self.act, [CLEAR]))
        shelves = _shelves()
        if self.act == CLEAR:
            gone = sum(shelf.clear() for shelf in shelves.values())
            if not self.json:
                say(f"let go of {gone} file{'' if gone == 1 else 's'}")
                return ExitCode.SUCCEEDED
        sizes = {what: (shelf, *shelf.size()) for what, shelf in shelves.items()}
        if self.json:
            told: list[Value] = [
                {"what": what, "folder": str(shelf.folder), "files": files, "bytes": size}
                for what, (shelf, files, size) in sizes.items()
            ]
            write_json(sys.stdout, plain(told))
            return ExitCode.SUCCEEDED
        for what, (shelf, files, size) in sizes.items():
            counted = f"{files} file{'' if files == 1 else 's'}, {size / 2**20:,.1f} MiB"
            page(sys.stdout).write([(f"{what}: {counted}",), (f"  {shelf.folder}",)])
        return ExitCode.SUCCEEDED


def _shelves() -> dict[str, Shelf]:
    """Return what is kept, by what it is.

    Raises:
        UsageError: the user has no folder for caches.
    """
    folder = cache_folder(os.environ)
    if folder is None:
        raise UsageError("nothing is kept between runs: this user has no home folder", "set XDG_CACHE_HOME")
    return {
        "copies of fetched documents": Cache(folder).shelf,
        "what was read of big descriptions": Parses(folder.with_name(PARSES)).shelf,
    }
