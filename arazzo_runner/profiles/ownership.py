"""Whether somebody else could have written a file that nobody named.

A profile says where requests go. So one that is only found must be the user's own: in a folder of theirs, a file of
theirs, and no one else may write to either. A group counts as the user alone where it bears the user's name and has no
other members, as most systems make it for each user.

Windows has no such bits; there nothing is found wrong.
"""

from __future__ import annotations

import os
import stat
import sys
from typing import Final

FOLDER: Final = "the folder"
FILE: Final = "the file"


def distrust(status: os.stat_result, what: str) -> str:
    """Return in words why a file or folder (`what`) is not the user's alone, and how to mend it; empty where it is."""
    if sys.platform == "win32":
        return ""
    if status.st_uid != os.geteuid():
        return f"{what} belongs to another user"
    mode = stat.S_IMODE(status.st_mode)
    if mode & stat.S_IWOTH:
        return f"every user may write to {what}"
    if mode & stat.S_IWGRP and not _is_own_group(status.st_gid):
        return f"its group may write to {what}"
    return ""


def _is_own_group(group: int) -> bool:
    """Tell whether a group is the one that the user has alone."""
    if sys.platform == "win32":
        return True
    import grp
    import pwd

    try:
        user, found = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(group)
    except KeyError:  # a number without a name, as in containers
        return False
    return found.gr_name == user and set(found.gr_mem) <= {user}
