"""The people that a demonstration offers to sign in as."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person of the demonstration: how to sign in as them and what they do."""

    name: str
    password: str
    description: str
