"""What each process of the web server imports: the site, and the wish to end with its parent.

Without that wish a killed server would leave processes that go on answering on its port.
"""

import ctypes
import gc
import os
import signal

from candour import policies
from candour.attachments.limits import largest_request
from candour.site.whole_requests import WholeRequests
from candour.site.wsgi import application as site

__all__ = ["application"]

PR_SET_PDEATHSIG = 1

application = WholeRequests(site, most=largest_request())

for name in policies.available():  # so that no first visitor waits for them
    policies.usable(name)

# What is loaded now stays for good, and a page makes some ten thousand objects that die with it:
# looking through all of them every 700 costs a tenth of its time.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)

_started_by = os.getppid()
ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
if os.getppid() != _started_by:  # the parent ended between the two lines
    os.kill(os.getpid(), signal.SIGKILL)
