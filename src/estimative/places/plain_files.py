"""Plain files read whole within a limit, and questions about paths: what fails is said, never raised.

No link is followed unless the analyst named it, no pipe is waited for, and no device is opened.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = (
    (stat.S_ISLNK, "link"),
    (stat.S_ISDIR, "folder"),
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


@dataclass(frozen=True)
class Unread:
    """Why a file was not read: exactly one of these says so.

    Parameters
    ----------
    kind
        What it is instead of a plain file: a link, a folder, a pipe, a socket, a device.
    size
        How many bytes it has, where those are too many.
    is_missing
        Whether nothing stands there.
    reason
        What the system says.
    """

    kind: str = ""
    size: int = 0
    is_missing: bool = False
    reason: str = ""


def read_plain(path: Path, most: int, *, follow: bool) -> bytes | Unread:
    """Content of a plain file of at most `most` bytes, or why there is none.

    Parameters
    ----------
    path
        Where it stands.
    most
        Bytes that are read.
    follow
        Whether a link is followed at its end; only for what the analyst named.

    >>> from pathlib import Path
    >>> read_plain(Path("/nowhere/at/all"), 100, follow=False)
    Unread(kind='', size=0, is_missing=True, reason='')
    """
    link = 0 if follow else getattr(os, "O_NOFOLLOW", 0)
    try:
        # Looked at first, since opening a device can set it going; and again, should another have come there.
        if kind := _kind(path.stat(follow_symlinks=follow)):
            return Unread(kind=kind)
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | link), "rb") as file:
            status = os.fstat(file.fileno())
            if kind := _kind(status):
                return Unread(kind=kind)
            content = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Unread(is_missing=True)
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        return Unread(reason=getattr(error, "strerror", None) or str(error))
    return content if len(content) <= most else Unread(size=max(status.st_size, most + 1))


def kind_at(path: Path, *, follow: bool) -> str:
    """What stands at a path: "file", "folder", "link", "pipe", "socket", "device"; "" where nothing can be seen.

    >>> from pathlib import Path
    >>> kind_at(Path("/"), follow=False)
    'folder'
    """
    try:
        return _kind(path.stat(follow_symlinks=follow)) or "file"
    except (OSError, ValueError):
        return ""


def names_in(folder: Path) -> tuple[str, ...]:
    """Names of what is in a folder, in order; none where it cannot be listed."""
    try:
        return tuple(sorted(os.listdir(folder)))  # noqa: PTH208 - names, without a path for each
    except OSError:
        return ()


def _kind(status: os.stat_result) -> str:
    return next((name for test, name in _KINDS if test(status.st_mode)), "")
