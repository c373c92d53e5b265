"""What is wrong with how a body wants its letters sent, in the language of the page."""

from django.utils.translation import gettext as _

from candour.documents.logos import REASONS
from candour.engine.fields import Problem
from candour.letters.actions.housing import LONGEST, NO_ADDRESS, NO_WORDS
from candour.web.forms.entry import Fault


def house_fault(problem: Problem) -> Fault:
    """Return a fault as the page says it; one that is not known here is said as it came."""
    known = {
        NO_ADDRESS: _("This is not an email address. Leave it empty or correct it."),
        NO_WORDS: _("Say in words what the logo shows."),
        REASONS["empty"]: _("The file is empty. Choose the file of the logo again."),
        REASONS["large"]: _(
            "The file is larger than 2 MB. Save the logo smaller: 1,200 pixels across are enough."
        ),
        REASONS["svg"]: _(
            "This is an SVG, which can hold more than a picture. Save the logo as PNG."
        ),
        REASONS["kind"]: _(
            "This is no PNG and no JPEG, whatever its name says. Save the logo as one of these."
        ),
        REASONS["damaged"]: _(
            "The picture cannot be read to its end. Save it again as PNG and send that."
        ),
        REASONS["pixels"]: _(
            "The picture is very large once unpacked. Save it at 1,200 pixels across or fewer."
        ),
        REASONS["small"]: _(
            "The picture has fewer than 40 pixels on a side and would be blurred on paper. "
            "Send a larger one."
        ),
    }
    too_long = _("This has over %(most)s characters. Shorten it.") % {"most": f"{LONGEST:,}"}
    if f"over {LONGEST:,} characters" in problem.message:
        return Fault(too_long, problem.field)
    return Fault(known.get(problem.message, problem.message), problem.field)
