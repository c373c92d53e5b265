"""What a demonstration is made from: bodies, people, experiences and cases, all of them invented.

The councils, the health board, the regulators and Healthwatch England carry their real names, so
that the procedures make sense; whoever works there, and everything that happens, is made up.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
