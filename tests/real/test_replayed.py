"""The count of replays without a difference, tried on documents of our own: it has to be able to fail."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.api import playback
from arazzo_runner.engine.effects import Request
from arazzo_runner.journal import sealing
from tests.journal.runs import flow, recorded, written
from tests.real.found import Document
from tests.real.replayed import _with_one_character_changed, replayed


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return Document(written(tmp_path, flow()))


def _kinds(document: Document) -> list[str]:
    return [fate.kind for fate in replayed(document).fates]


def test_a_workflow_is_recorded_replayed_and_changed(document: Document) -> None:
    assert _kinds(document) == [
        "recorded",
        "replayed with its secrets",
        "replayed without its secrets",
        "one character changed: named",
    ]


def test_a_document_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    assert _kinds(Document(tmp_path / "nowhere.yml")) == ["unreadable"]


def test_a_refused_workflow_is_told(tmp_path: Path) -> None:
    assert _kinds(Document(written(tmp_path, flow(operationId="nothing")))) == ["refused"]


def test_a_drift_is_counted(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(self: sealing.Sealer, request: Request) -> str:
        return request.url + random.choice("abcdefgh") * random.randrange(1, 50)

    monkeypatch.setattr(sealing.Sealer, "_url", changed)
    assert any(kind.startswith("BAD drift") for kind in _kinds(document))


def test_a_change_that_nobody_notices_is_counted(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    class Blind(playback.Replay):
        def __init__(self, journal: Any, description: Any) -> None:
            super().__init__(journal, description, lenient=True)

    monkeypatch.setattr("tests.real.replayed.Replay", Blind)
    assert "BAD change not noticed" in _kinds(document)


def test_one_character_of_one_request_is_changed(tmp_path: Path) -> None:
    journal = recorded(tmp_path, written(tmp_path, flow()), {"name": "n"})
    changed = _with_one_character_changed(journal, random.Random(1))
    assert changed is not None
    different = [(old, new) for old, new in zip(journal.entries, changed.entries, strict=True) if old != new]
    assert len(different) == 1
