"""What a page shows of a body: text laid out for a person, cut to a named size; what is no text is only measured.

It is laid out when it is shown, so that no more is than what is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from arazzo_runner.reports.run.exchange import text_of
from arazzo_runner.reports.run.html.json_layout import is_json, laid_out
from arazzo_runner.reports.run.html.limits import MAX_BODY


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The beginning of a body, as it was sent. `text` is None where it is no text, `size` is that of all in bytes.

    `is_whole` says that it is all of the body, `is_json` that a person reads it laid out.
    """

    text: str | None
    size: int
    media_type: str = ""
    is_json: bool = False
    is_whole: bool = True

    @property
    def weight(self) -> int:
        """Return about how many characters are shown where nothing is cut."""
        return min(MAX_BODY, len(self.text or "") * (2 if self.is_json else 1))

    def shown(self, most: int) -> tuple[str, bool]:
        """Return what is shown of it in at most so many characters, and whether that is all."""
        text = self.text or ""
        if self.is_json:
            text = laid_out(text, most + 1)
        return text[:most], self.is_whole and len(text) <= most


def excerpt(body: bytes | None, content_type: str | None) -> Excerpt | None:
    """Return the beginning of a body; None where there is none."""
    if not body:
        return None
    media_type = content_type or ""
    text = text_of(body, media_type)
    if text is None and media_type.lower().startswith("multipart/"):
        text = body.decode("utf-8", "backslashreplace")
    if text is None:
        return Excerpt(None, len(body), media_type)
    return Excerpt(text[:MAX_BODY], len(body), media_type, is_json(text, media_type), len(text) <= MAX_BODY)
