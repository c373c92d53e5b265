"""What stands in the way of sealing or opening, as one family.

SealingTrouble
├── KeyNotHere     the key is not on this machine; nothing else is the matter
├── DoesNotOpen    the key is here, and what is stored is not what was sealed in this place
├── NothingSealed  nothing is sealed under this purpose and context
├── NotCustodian   whoever asks is no custodian of the body
└── NoReason       nobody opens anything without saying why
"""


class SealingTrouble(Exception):
    """Something cannot be sealed or opened; the message says why and what to do."""


class KeyNotHere(SealingTrouble):
    """The key is not on this machine. Everything that is not sealed works as ever."""


class DoesNotOpen(SealingTrouble):
    """What is stored was changed, or was sealed for another place."""


class NothingSealed(SealingTrouble):
    """Nothing is sealed there."""


class NotCustodian(SealingTrouble):
    """Only a custodian of the body opens what it has sealed."""


class NoReason(SealingTrouble):
    """An opening needs a reason, in words."""
