"""What a demonstration shows: bodies, people, cases and experiences to try things on."""

from datetime import datetime

from candour.site.sign_ins import SignIn


def load_demo(*, as_of: datetime, with_experiences: bool = True) -> list[SignIn]:  # noqa: ARG001  # nothing to relate to yet
    """Make what is missing of the demonstration, and return the people to sign in as.

    Safe to repeat: what is there already stays as people left it.

    Args:
        as_of: the present, to which the demonstration's dates are related.
        with_experiences: False leaves out the sample of people's experiences.
    """
    return []
