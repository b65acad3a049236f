from __future__ import annotations

from arazzo_runner.program.documents import arazzo_documents, arazzo_sources, source_fields
from tests.engine.programs import description_of, registry_of

ENTRY = """- {name: next, url: next.yaml, type: arazzo}
- {name: gone, url: gone.yaml, type: arazzo, x-note: kept}
workflows: []
"""
NEXT = """
arazzo: 1.1.0
info: {title: T, version: '1'}
sourceDescriptions:
- {name: back, url: arazzo.yaml, type: arazzo}
- {name: itself, url: next.yaml, type: arazzo}
workflows: []
"""


def test_documents_that_name_each_other_are_met_once() -> None:
    description = description_of(ENTRY)
    registry = registry_of(description, {"next.yaml": NEXT})
    documents = arazzo_documents(description, registry)
    assert list(documents) == ["file:///d/arazzo.yaml", "file:///d/next.yaml"]  # SRC-13
    assert documents["file:///d/arazzo.yaml"] is description


def test_the_sources_that_are_arazzo_documents() -> None:
    description = description_of(ENTRY)
    registry = registry_of(description, {"next.yaml": NEXT})
    sources = arazzo_sources(description, registry)
    assert list(sources) == ["next"]
    assert sources["next"].version == "1.1.0"
    assert arazzo_sources(sources["next"], registry).keys() == {"back", "itself"}


def test_the_fields_of_sources_are_as_written() -> None:
    assert source_fields(description_of(ENTRY)) == {
        "api": {"name": "api", "url": "openapi.yaml", "type": "openapi"},
        "next": {"name": "next", "url": "next.yaml", "type": "arazzo"},
        "gone": {"name": "gone", "url": "gone.yaml", "type": "arazzo", "x-note": "kept"},
    }


def test_a_document_without_sources_has_no_fields() -> None:
    assert source_fields(description_of("- 5\nworkflows: []\n")).keys() == {"api"}
