"""One request over each of our two transports, for tests that hold for both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.transports.http import AsyncHttpTransport, HttpTransport

SHORT = 0.3
LONG = 30.0


def send_each(*requests: Request, timeout: float | None = LONG, **options: Any) -> list[Response]:
    """Send requests one after another over one transport."""
    with HttpTransport(**options) as transport:
        return [transport.send(request, timeout) for request in requests]


def send_each_async(*requests: Request, timeout: float | None = LONG, **options: Any) -> list[Response]:
    async def main() -> list[Response]:
        transport = AsyncHttpTransport(**options)
        try:
            return [await transport.send(request, timeout) for request in requests]
        finally:
            await transport.close()

    return asyncio.run(main())


def send(request: Request, timeout: float | None = LONG, **options: Any) -> Response:
    return send_each(request, timeout=timeout, **options)[0]


def send_async(request: Request, timeout: float | None = LONG, **options: Any) -> Response:
    return send_each_async(request, timeout=timeout, **options)[0]


Send = Callable[..., Response]
both = pytest.mark.parametrize("send", [send, send_async])
