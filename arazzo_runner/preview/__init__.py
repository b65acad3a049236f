"""What a run would send, without running: each request that can be built, in the order of the steps.

Requests are built by the engine's own builder. What only an answer (or an input that was not given) can give is stood
in for by a text of letters and digits (`stand_ins`), which no encoding changes; once the request is built, a readable
placeholder takes its place: ``{$steps.login.outputs.token}``. The engine knows nothing of this: expressions that lead
into such a value are led to another stand-in before the request is built (`leading`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arazzo_runner.doors import door

if TYPE_CHECKING:
    from arazzo_runner.preview.model import Preview, StepPreview
    from arazzo_runner.preview.walk import preview_program
else:
    __getattr__ = door(
        __name__,
        {
            "Preview": "arazzo_runner.preview.model",
            "StepPreview": "arazzo_runner.preview.model",
            "preview_program": "arazzo_runner.preview.walk",
        },
    )

__all__ = ["Preview", "StepPreview", "preview_program"]
