"""Opening a browser, where there is one with a window."""

from __future__ import annotations

import os
import sys


def open_url(url: str) -> bool:
    """Show a URL in the browser of the person; tell whether that may have worked.

    Without a display there are only browsers that would take the terminal, so none is opened.
    """
    has_display = sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    if not has_display or os.environ.get("SSH_CONNECTION"):
        return False
    import webbrowser

    try:
        return webbrowser.open(url)
    except webbrowser.Error:
        return False
