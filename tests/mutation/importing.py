"""Imports a package anew with one module's text exchanged: nothing is written to the tree."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType


class OtherText(SourceFileLoader):
    """Loads one module from another text than its file has."""

    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self.text = text

    def get_code(self, fullname: str) -> CodeType:
        """Compile the other text; no compiled file is read or written."""
        return compile(self.text, str(self.path), "exec", dont_inherit=True)


class Planted(MetaPathFinder):
    """Finds the module of one file, to be loaded from another text."""

    def __init__(self, root: Path, file: str, text: str) -> None:
        parts = Path(file).with_suffix("").parts
        self.path = root / file
        self.is_door = parts[-1] == "__init__"
        self.name = ".".join(parts[:-1] if self.is_door else parts)
        self.text = text

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the module itself, and leave all others to the usual finders."""
        if fullname != self.name:
            return None
        folder = [str(self.path.parent)] if self.is_door else None
        loader = OtherText(self.name, str(self.path), self.text)
        return spec_from_file_location(fullname, self.path, loader=loader, submodule_search_locations=folder)


def plant(root: Path, file: str, text: str) -> None:
    """Have the next import of the file's module run this text."""
    sys.meta_path.insert(0, Planted(root, file, text))


def forget(*packages: str) -> None:
    """Forget the modules of packages, so that they are imported anew."""
    for name in list(sys.modules):
        if any(name == package or name.startswith(f"{package}.") for package in packages):
            del sys.modules[name]
