"""What each process of the web server imports: the site, and the wish to end with its parent.

Without that wish a killed server would leave processes that go on answering on its port.
"""

import ctypes
import os
import signal

from candour.site.wsgi import application

__all__ = ["application"]

PR_SET_PDEATHSIG = 1

_started_by = os.getppid()
ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
if os.getppid() != _started_by:  # the parent ended between the two lines
    os.kill(os.getpid(), signal.SIGKILL)
