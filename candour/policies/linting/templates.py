"""Templates: merge fields that there are, two languages that say the same, the right recipients."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from candour.documents.facts import MergeFields, merge_fields
from candour.documents.merge_checking import check_markdown, check_text, differing, untranslated
from candour.documents.merge_syntax import MergeFault, read_merging
from candour.engine.fields import as_values
from candour.engine.patterns import ANY_VALUE, Pattern, Where
from candour.engine.procedure import Duty, Procedure
from candour.engine.templates import ROLE, Audience, Template, wrong_recipients
from candour.engine.vocabulary import SENDING
from candour.engine.words import Language, Words
from candour.policies.faults import Place
from candour.policies.linting.findings import Finding, Trail, error, note
from candour.policies.linting.possible import Possible
from candour.policies.reading.texts import BEGINS

# Documents that are written, filled in or printed, so that a text of them is asked for.
WRITTEN: Final = frozenset({"letter", "notice", "agenda", "form", "checklist", "terms"})
# What only a letter, notice or report does; a talk is as good as a letter where one is enough.
SENT: Final = frozenset(SENDING) - {"contact_made"}
LANGUAGES: Final[tuple[Language, ...]] = ("en", "cy")


def templates(procedure: Procedure, places: Mapping[Trail, Place]) -> Iterator[Finding]:
    """Yield what is wrong with templates, and what lacks one."""
    for template in procedure.templates.values():
        fields = merge_fields(procedure, template)
        for part, words in (("subject", template.subject), ("text", template.text)):
            trail: Trail = ("templates", template.id, part)
            yield from _texts(trail, words, fields, places)
        yield from _entries(procedure, template)
        yield from _recipients(procedure, template)
    yield from _documents(procedure)
    for duty in procedure.duties.values():
        yield from _duty(procedure, duty)


def _texts(
    trail: Trail, words: Words, fields: MergeFields, places: Mapping[Trail, Place]
) -> Iterator[Finding]:
    """Yield what is wrong with a text in either language, each fault at its own line."""
    for language in LANGUAGES:
        text, here = words.text(language), (*trail, language)
        faults = check_text(text, fields)
        if language == "cy":
            faults = sorted({*faults, *untranslated(words.en, text)})
        for fault in faults:
            yield _placed(error(here, fault.message), fault, places)
        if not read_merging(text).faults and (why := check_markdown(text, language)):
            yield error(here, why)
    only_en, only_cy = differing(words.en, words.cy)
    for used, language, lacks in ((only_en, "cy", "Welsh"), (only_cy, "en", "English")):
        if used:
            named = ", ".join(f"“{path}”" for path in used)
            message = f"The {lacks} text lacks what the other language has: {named}."
            yield error((*trail, language), f"{message} Both say the same.")


def _placed(finding: Finding, fault: MergeFault, places: Mapping[Trail, Place]) -> Finding:
    """Return a finding at the line and column of its fault, as far as the file is known."""
    begins = places.get((*finding.trail, BEGINS))
    if begins is None:
        return finding
    return replace(
        finding,
        place=Place(begins.file, begins.line + fault.line - 1, begins.column + fault.column - 1),
    )


def _entries(procedure: Procedure, template: Template) -> Iterator[Finding]:
    """Yield kinds of entry that a template speaks of or records, and that there never are."""
    possible, trail = Possible(procedure), ("templates", template.id)
    for pattern in template.about:
        if why := possible.why_not(pattern):
            yield error((*trail, "about"), f"“{template.id}” speaks of nothing: {why}.")
    if template.records is None:
        return
    given = (Where(name, as_values(value)) for name, value in template.records.data.items())
    pattern = Pattern(template.records.kind, tuple(given))
    if why := possible.why_not(pattern):
        yield error((*trail, "records"), f"Sending “{template.id}” can record nothing: {why}.")
    kind = procedure.kind(template.records.kind)
    if kind.field("to") is not None and not template.to:
        message = f"“{template.id}” records to whom it went, but names nobody. Say “to”."
        yield error(trail, message)


def _recipients(procedure: Procedure, template: Template) -> Iterator[Finding]:
    """Yield those who may not get what is written for a template’s audience."""
    wrong = [str(rule) for rule in wrong_recipients(template)]
    if template.audience is Audience.MEMBERS:
        wrong += [
            str(rule)
            for rule in template.rules
            if rule.name == ROLE and procedure.roles[rule.role].outside
        ]
    for rule in dict.fromkeys(wrong):
        message = (
            f"“{template.id}” is written for “{template.audience}”, which “{rule}” may not get. "
            "Take it from the recipients, or write a text for another audience."
        )
        part = "to" if rule in map(str, template.to) else "copied_to"
        yield error(("templates", template.id, part), message)


def _documents(procedure: Procedure) -> Iterator[Finding]:
    """Yield documents that people write or fill in and that have no text yet."""
    given = {template.document for template in procedure.templates.values()}
    for document in procedure.documents.values():
        if document.type in WRITTEN and document.id not in given:
            message = f"No template gives the text of the {document.type} “{document.id}”."
            yield note(("documents", document.id), message)


def _duty(procedure: Procedure, duty: Duty) -> Iterator[Finding]:
    """Yield a duty that a letter should meet, where the letter it is done with does not.

    It does where what sending it records meets the duty, or where it goes out for the very entry
    that does.
    """
    if not duty.document or not any(pattern.kind in SENT for pattern in duty.met_by):
        return
    sent = [
        template
        for template in procedure.templates.values()
        if template.document == duty.document and template.records is not None
    ]
    if sent and not any(_meets(template, met) for template in sent for met in duty.met_by):
        message = (
            f"“{duty.id}” is done with “{duty.document}”, but what sending that records does not "
            "meet it. Make “records” of the template and “met_by” of the duty agree."
        )
        yield error(("duties", duty.id, "document"), message)


def _meets(template: Template, met: Pattern) -> bool:
    made = template.records
    recorded = made is not None and made.kind == met.kind
    if made is not None and recorded and all(_holds(where, made.data) for where in met.where):
        return True
    return any(
        about.kind == met.kind and set(met.where) <= set(about.where) | _filled(met)
        for about in template.about
    )


def _filled(met: Pattern) -> set[Where]:
    return {where for where in met.where if where.values == (ANY_VALUE,)}


def _holds(where: Where, data: Mapping[str, object]) -> bool:
    """Say whether what is always recorded fits; what is only asked to be filled in will be."""
    return where.values == (ANY_VALUE,) or where.holds(data)
