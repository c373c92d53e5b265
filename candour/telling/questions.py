"""The questions of the form, numbered once for the pages, the paper and the keying.

The words are read by people of every age and in a hard hour: short ones, and one thing at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from candour.engine.words import Words

PREFER_NOT: Final = "prefer_not"
YES: Final = "yes"
NO: Final = "no"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    value: str
    words: Words
    hint: Words | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        name: what its answer is kept under.
        number: the same on every page, on paper and when it is keyed.
        words: the question itself.
        hint: one sentence that helps.
        options: what to choose from; none where it is answered in words.
        optional: it may be left empty.
    """

    name: str
    number: str
    words: Words
    hint: Words | None = None
    options: tuple[Option, ...] = ()
    optional: bool = False

    def option(self, value: str) -> Option | None:
        """Return the option of this value, if there is one."""
        return next((each for each in self.options if each.value == value), None)


_YES_NO: Final = (Option(YES, Words("Yes", "Oes")), Option(NO, Words("No", "Nac oes")))
_NOT_SAYING: Final = Option(
    PREFER_NOT, Words("Prefer not to say", "Mae’n well gen i beidio â dweud")
)

DANGER: Final = Question(
    "danger",
    "1",
    Words("Is anyone in danger now?", "Oes rhywun mewn perygl nawr?"),
    Words(
        "For example, someone is being hurt, or may be hurt soon.",
        "Er enghraifft, mae rhywun yn cael ei frifo, neu gallai gael ei frifo’n fuan.",
    ),
    _YES_NO,
)
WHAT: Final = Question(
    "what",
    "2",
    Words("What happened?", "Beth ddigwyddodd?"),
    Words(
        "Tell us in your own words. It can be good or bad. You do not need to give names.",
        "Dywedwch wrthym yn eich geiriau eich hun. Gall fod yn dda neu’n "
        "ddrwg. Does dim angen enwi neb.",
    ),
)
WHERE: Final = Question(
    "place",
    "3",
    Words("Where did it happen?", "Ble digwyddodd hyn?"),
    Words(
        "The name of a hospital, surgery, care home or other service. Any words will do.",
        "Enw ysbyty, meddygfa, cartref gofal neu wasanaeth arall. Bydd unrhyw "
        "eiriau’n gwneud y tro.",
    ),
)
WHEN: Final = Question(
    "when",
    "4",
    Words("When did it happen?", "Pryd digwyddodd hyn?"),
    Words(
        "You can say it how you like: “12 May”, “last spring” or “for about a year”.",
        "Cewch ei ddweud fel y mynnwch: “12 Mai”, “y gwanwyn diwethaf” neu “ers tua blwyddyn”.",
    ),
    optional=True,
)
HOW: Final = Question(
    "felt",
    "5",
    Words("How was it for you?", "Sut oedd hi i chi?"),
    None,
    (
        Option("1", Words("Very good", "Da iawn")),
        Option("2", Words("Good", "Da")),
        Option("3", Words("Some good, some bad", "Peth yn dda, peth yn ddrwg")),
        Option("4", Words("Bad", "Gwael")),
        Option("5", Words("Very bad", "Gwael iawn")),
        Option("unsure", Words("I am not sure", "Dydw i ddim yn siŵr")),
    ),
)
CHANGE: Final = Question(
    "change",
    "6",
    Words("What should change?", "Beth ddylai newid?"),
    Words(
        "Or what should stay as it is? You can leave this empty.",
        "Neu beth ddylai aros fel y mae? Gallwch adael hwn yn wag.",
    ),
    optional=True,
)
ABOUT: Final[tuple[Question, ...]] = (
    Question(
        "about_whose",
        "7a",
        Words("Who did this happen to?", "I bwy y digwyddodd hyn?"),
        None,
        (
            Option("me", Words("Me", "Fi")),
            Option(
                "cared_for",
                Words(
                    "Someone I care for, or my family", "Rhywun rwy’n gofalu amdano, neu fy nheulu"
                ),
            ),
            Option("other", Words("Someone else", "Rhywun arall")),
            _NOT_SAYING,
        ),
        optional=True,
    ),
    Question(
        "about_age",
        "7b",
        Words("How old are you?", "Faint yw eich oed?"),
        None,
        (
            Option("under_18", Words("Under 18", "O dan 18")),
            Option("18_24", Words("18 to 24", "18 i 24")),
            Option("25_49", Words("25 to 49", "25 i 49")),
            Option("50_64", Words("50 to 64", "50 i 64")),
            Option("65_79", Words("65 to 79", "65 i 79")),
            Option("80_over", Words("80 or over", "80 neu drosodd")),
            _NOT_SAYING,
        ),
        optional=True,
    ),
    Question(
        "about_gender",
        "7c",
        Words("Are you…", "Ydych chi’n…"),
        None,
        (
            Option("woman", Words("A woman or girl", "Fenyw neu’n ferch")),
            Option("man", Words("A man or boy", "Ddyn neu’n fachgen")),
            Option(
                "another",
                Words("Non-binary, or in another way", "Anneuaidd, neu mewn ffordd arall"),
            ),
            _NOT_SAYING,
        ),
        optional=True,
    ),
    Question(
        "about_ethnicity",
        "7d",
        Words("What is your ethnic group?", "Beth yw eich grŵp ethnig?"),
        None,
        (
            Option("asian", Words("Asian or Asian British", "Asiaidd neu Asiaidd Prydeinig")),
            Option(
                "black",
                Words(
                    "Black, Black British, Caribbean or African",
                    "Du, Du Prydeinig, Caribïaidd neu Affricanaidd",
                ),
            ),
            Option("mixed", Words("Mixed or more than one", "Cymysg neu fwy nag un")),
            Option("white", Words("White", "Gwyn")),
            Option("other", Words("Another group", "Grŵp arall")),
            _NOT_SAYING,
        ),
        optional=True,
    ),
    Question(
        "about_disability",
        "7e",
        Words(
            "Are you disabled, or ill for a long time?",
            "Ydych chi’n anabl, neu’n sâl ers amser maith?",
        ),
        None,
        (
            Option(YES, Words("Yes", "Ydw")),
            Option(NO, Words("No", "Nac ydw")),
            _NOT_SAYING,
        ),
        optional=True,
    ),
)
REPLY: Final = Question(
    "reply",
    "9",
    Words("Would you like a reply?", "Hoffech chi gael ateb?"),
    Words(
        "We ask how to reach you only if you say yes.",
        "Byddwn yn gofyn sut i gysylltu â chi dim ond os dywedwch “hoffwn”.",
    ),
    (
        Option(YES, Words("Yes, please reply to me", "Hoffwn, atebwch fi os gwelwch yn dda")),
        Option(NO, Words("No, thank you", "Na, dim diolch")),
    ),
)
SHARING_NUMBER: Final = "8"
CONTACT_NUMBER: Final = "10"
CONTACT: Final[tuple[Question, ...]] = (
    Question("contact_name", "10a", Words("Your name", "Eich enw"), optional=True),
    Question("contact_email", "10b", Words("Email", "E-bost"), optional=True),
    Question("contact_phone", "10c", Words("Phone number", "Rhif ffôn"), optional=True),
    Question(
        "contact_post",
        "10d",
        Words("Address for a letter", "Cyfeiriad ar gyfer llythyr"),
        optional=True,
    ),
)
LONGEST: Final[Mapping[str, int]] = MappingProxyType(
    {
        "what": 10_000,
        "change": 5_000,
        "place": 300,
        "when": 200,
        "contact_name": 200,
        "contact_email": 254,
        "contact_phone": 60,
        "contact_post": 500,
    }
)
ASKED: Final[Mapping[str, Question]] = MappingProxyType(
    {each.name: each for each in (DANGER, WHAT, WHERE, WHEN, HOW, CHANGE, *ABOUT, REPLY, *CONTACT)}
)
