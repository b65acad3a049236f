"""The scripted server without its socket: which answer a request gets."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from .observed import SeenRequest, same

UNSCRIPTED: dict[str, Any] = {"status": 404, "json": {"error": "unscripted"}}
DATE = "@date+"


class Script:
    """Answers requests in turn by the rules of a case; the last answer of a rule is repeated."""

    def __init__(self, rules: list[dict[str, Any]], now: Callable[[], float]) -> None:
        self._rules = [rule if "respond" in rule else {"when": rule.get("when", {}), "respond": rule} for rule in rules]
        self._used = [0] * len(self._rules)
        self._now = now

    def answer(self, request: SeenRequest) -> dict[str, Any]:
        """Return what the server answers, with its body as bytes in `content`."""
        for index, rule in enumerate(self._rules):
            if _fits(rule.get("when", {}), request):
                answers = rule["respond"] if isinstance(rule["respond"], list) else [rule["respond"]]
                chosen = answers[min(self._used[index], len(answers) - 1)]
                self._used[index] += 1
                return self._made(chosen)
        return self._made(UNSCRIPTED)

    def _made(self, written: dict[str, Any]) -> dict[str, Any]:
        headers: list[tuple[str, str]] = []
        for name, value in written.get("headers", {}).items():
            headers += [(name, self._header(one)) for one in (value if isinstance(value, list) else [value])]
        content = b""
        kind = ""
        if "json" in written:
            content, kind = json.dumps(written["json"], ensure_ascii=False).encode(), "application/json"
        elif "text" in written:
            content, kind = str(written["text"]).encode(), "text/plain; charset=utf-8"
        if kind and not any(name.lower() == "content-type" for name, _ in headers):
            headers.append(("Content-Type", kind))
        made = {"status": written.get("status", 200), "headers": headers, "content": content}
        return {**made, "fail": written.get("fail"), "delay": written.get("delay", 0)}

    def _header(self, value: Any) -> str:
        """Return the text of a header; `@date+5` is the date in five seconds."""
        text = str(value)
        return formatdate(self._now() + float(text[len(DATE) :]), usegmt=True) if text.startswith(DATE) else text


def _fits(when: dict[str, Any], request: SeenRequest) -> bool:
    parts = urlsplit(request.target)
    query = parse_qsl(parts.query, keep_blank_values=True)
    return (
        when.get("method", request.method).upper() == request.method.upper()
        and when.get("path", unquote(parts.path)) == unquote(parts.path)
        and all((name, str(value)) in query for name, value in when.get("query", {}).items())
        and all(str(value) in request.values(name) for name, value in when.get("headers", {}).items())
        and ("json" not in when or same(when["json"], _json(request.body)))
    )


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
