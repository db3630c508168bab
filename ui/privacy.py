"""What the system could write down of this program's memory (内存): nothing, as far as a program can ask for it.

A crash leaves no picture of the memory on the disk, and no other program of the same user may look into it. What swap
and hibernation write is beyond a program; packaging/decisions/security.md says what to do about them.
"""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4


def keep_memory_private() -> None:
    """Call it before anything secret is in memory. Windows asks its user before it keeps anything of a crash."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Where crashes go to a service instead of a file, the limit alone is not asked.
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
