"""What outreach refuses, in both languages: each text here once, in English as it is asked for."""

# ruff: noqa: E501  # each text stands whole beside its translation

from collections.abc import Mapping
from typing import Final

from candour.engine import Words


class BothWords(Words):
    """A text in both languages whose places are filled by `%`, as a text's own are."""

    def __mod__(self, values: Mapping[str, object]) -> "BothWords":
        """Return it with these values; one that is in both languages goes into each."""
        en = {name: _in(value, "en") for name, value in values.items()}
        cy = {name: _in(value, "cy") for name, value in values.items()}
        return BothWords(self.en % en, self.cy % cy)


def both(english: str) -> BothWords:
    """Return one of the texts below.

    Raises:
        KeyError: it is none of them.
    """
    return BothWords(english, WELSH[english])


def _in(value: object, language: str) -> object:
    if isinstance(value, Words):
        return value.cy if language == "cy" else value.en
    return value


WELSH: Final[Mapping[str, str]] = {
    "Write what the phase is called.": "Ysgrifennwch enw’r cam.",
    "Write which area the table counts.": "Ysgrifennwch pa ardal y mae’r tabl yn ei chyfrif.",
    "Write who published the table.": "Ysgrifennwch pwy a gyhoeddodd y tabl.",
    "A campaign begins between 2000 and 2100 and lasts five years at most.": "Mae ymgyrch yn dechrau rhwng 2000 a 2100 ac yn para pum mlynedd ar y mwyaf.",
    "A phase lies within the days of its campaign.": "Mae cam o fewn dyddiau ei ymgyrch.",
    "Write the day of the engagement.": "Ysgrifennwch ddiwrnod y digwyddiad.",
    "The day is not within the campaign. Put the day right, or choose no campaign.": "Nid yw’r diwrnod o fewn yr ymgyrch. Cywirwch y diwrnod, neu peidiwch â dewis ymgyrch.",
    "Say who went: officers, volunteers, or both.": "Dywedwch pwy aeth: swyddogion, gwirfoddolwyr, neu’r ddau.",
    "The notes are too long: 5,000 characters at most.": "Mae’r nodiadau’n rhy hir: 5,000 o nodau ar y mwyaf.",
    "You hold no experience of this number. It stands at the head of its page.": "Nid oes gennych brofiad o’r rhif hwn. Mae ar ben ei dudalen.",
    "It was gathered already. Take it off that engagement first.": "Fe’i casglwyd eisoes. Tynnwch ef oddi ar y digwyddiad hwnnw yn gyntaf.",
    "Write the year that the table counts, like 2021.": "Ysgrifennwch y flwyddyn y mae’r tabl yn ei chyfrif, fel 2021.",
    "Write its first day.": "Ysgrifennwch ei ddiwrnod cyntaf.",
    "Write its last day.": "Ysgrifennwch ei ddiwrnod olaf.",
    "It ends before it begins. Put one of the days right.": "Mae’n gorffen cyn iddo ddechrau. Cywirwch un o’r dyddiau.",
    "This is too long: 200 characters at most.": "Mae hwn yn rhy hir: 200 o nodau ar y mwyaf.",
    "Write how many people were met in figures, or leave it empty.": "Ysgrifennwch faint o bobl a gwrddwyd mewn ffigurau, neu gadewch ef yn wag.",
    "Write what the campaign is called.": "Ysgrifennwch enw’r ymgyrch.",
    "Write where it was.": "Ysgrifennwch ble’r oedd.",
    "Write the names of those who went.": "Ysgrifennwch enwau’r rhai a aeth.",
    "“%(name)s” has some of these days. Each day belongs to one phase at most.": "Mae gan “%(name)s” rai o’r dyddiau hyn. Mae pob diwrnod yn perthyn i un cam ar y mwyaf.",
    "Line 1 must name the columns question, answer and people. These were not found: %(names)s.": "Rhaid i linell 1 enwi’r colofnau cwestiwn, ateb a pobl. Ni chafwyd hyd i’r rhain: %(names)s.",
    "“%(typed)s” is no answer to it. Write one of: %(known)s.": "Nid yw “%(typed)s” yn ateb iddo. Ysgrifennwch un o: %(known)s.",
    "The file is larger than 1 MB. Send only the table, as a CSV file.": "Mae’r ffeil yn fwy nag 1 MB. Anfonwch y tabl yn unig, fel ffeil CSV.",
    "Line %(line)s: %(words)s": "Llinell %(line)s: %(words)s",
    "The table has no rows under its first line.": "Nid oes gan y tabl resi o dan ei linell gyntaf.",
    "Line %(line)s: “%(typed)s” is no question of the form. Write one of: %(known)s.": "Llinell %(line)s: nid yw “%(typed)s” yn gwestiwn ar y ffurflen. Ysgrifennwch un o: %(known)s.",
    "“%(typed)s” is no number of people. Write it in figures, like 1250.": "Nid yw “%(typed)s” yn nifer o bobl. Ysgrifennwch ef mewn ffigurau, fel 1250.",
    "“%(typed)s” stands there twice. Add the rows up into one.": "Mae “%(typed)s” yno ddwywaith. Adiwch y rhesi’n un.",
    "“%(question)s” lacks: %(answers)s. Shares need every answer; write 0 where the census counts nobody.": "Mae “%(question)s” heb: %(answers)s. Mae angen pob ateb ar gyfrannau; ysgrifennwch 0 lle nad yw’r cyfrifiad yn cyfrif neb.",
    "“%(question)s” counts nobody at all.": "Nid yw “%(question)s” yn cyfrif neb o gwbl.",
    "Write why it is put right.": "Ysgrifennwch pam y caiff ei unioni.",
    "Somebody else put it right meanwhile. Open it again and look at it first.": "Mae rhywun arall wedi’i unioni yn y cyfamser. Agorwch ef eto ac edrychwch arno yn gyntaf.",
    "Nothing is different. Change what is wrong, or go back.": "Nid oes dim yn wahanol. Newidiwch yr hyn sy’n anghywir, neu ewch yn ôl.",
    "“%(name)s” would lie outside these days. Put the days of that phase right first.": "Byddai “%(name)s” y tu allan i’r dyddiau hyn. Cywirwch ddyddiau’r cam hwnnw yn gyntaf.",
    "The engagement “%(name)s” would lie outside these days. Put its day right first.": "Byddai’r digwyddiad “%(name)s” y tu allan i’r dyddiau hyn. Cywirwch ei ddiwrnod yn gyntaf.",
    "Write the batch, as it is written when the forms are keyed.": "Ysgrifennwch y swp, fel y’i hysgrifennir pan gaiff y ffurflenni eu bysellu.",
    "Choose a file that was imported.": "Dewiswch ffeil a fewnforiwyd.",
    "It counts for another engagement already: %(name)s. Stop it there first.": "Mae’n cyfrif ar gyfer digwyddiad arall eisoes: %(name)s. Stopiwch ef yno yn gyntaf.",
    "Line %(line)s cannot be read as CSV. Look for a quotation mark that is not closed.": "Ni ellir darllen llinell %(line)s fel CSV. Chwiliwch am ddyfynnod nad yw wedi’i gau.",
}
