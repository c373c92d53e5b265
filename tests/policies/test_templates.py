# ruff: noqa: E501 - each case is a line of the pack beside what it is changed to
"""Templates of a pack: read with every fault at its place, linted, proved by what letters say."""

from pathlib import Path

import pytest

from candour import policies
from candour.engine.procedure import Procedure
from candour.engine.templates import Audience, RecipientRule
from candour.policies import Reading, Severity, lint_pack
from candour.policies.proving import Without, takings
from candour.policies.proving.proofs import misses
from candour.policies.scenarios import Scenario, read_scenario, run
from tests.policies.example import SCENARIO, TEXT, written

LETTERS = """
documents:
  put: {title: {en: To the service, cy: I’r gwasanaeth}, type: letter, clauses: [QW-4]}

templates:
  put:
    document: put
    about: {entry: concern_raised, where: {seriousness: serious_risk_of_harm}}
    audience: provider
    to: [provider, {role: chief_officer}]
    copied_to: regulator
    records: {entry: recommendation_issued, with: {tier: service}}
    basis: public_interest
    purpose: {en: To put it right, cy: I’w unioni}
    signed_by: case_officer
    subject: {en: "A concern at {{ service.name }}", cy: "Pryder yn {{ service.name }}"}
    text:
      en: |
        Dear {{ recipient.name }}

        We were told on {{ about.happened_on | day }}: {{ about.what_happened }}
      cy: |
        Annwyl {{ recipient.name }}

        Dywedwyd wrthym ar {{ about.happened_on | day }}: {{ about.what_happened }}
    clauses: [QW-4]
"""
WHOLE = TEXT.replace(
    "    clauses: [QW-4]\n  answer:", "    document: put\n    clauses: [QW-4]\n  answer:"
)
STORY = """
letters:
  - template: put
    after: concern
    to: [provider, {role: chief_officer}]
    copied_to: regulator
    meets: put_at_once
    says: [A concern at Bryn House, "We were told on Wednesday 18 March 2026: Meals arrive cold"]
    never_says: Bryn Awel
  - template: put
    after: concern
    language: cy
    says: "Dywedwyd wrthym ar ddydd Mercher 18 Mawrth 2026"
"""


def pack(folder: Path, *changes: tuple[str, str]) -> Reading:
    text = WHOLE + LETTERS
    for old, new in changes:
        assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times."
        text = text.replace(old, new)
    return written(folder, text)


def faults(folder: Path, *changes: tuple[str, str]) -> list[str]:
    return [str(fault) for fault in pack(folder, *changes).faults]


def findings(folder: Path, *changes: tuple[str, str], notes: bool = False) -> list[str]:
    reading = pack(folder, *changes)
    assert reading.faults == (), [str(fault) for fault in reading.faults]
    wanted = Severity.NOTE if notes else Severity.ERROR
    return [str(one) for one in lint_pack(reading) if one.severity is wanted]


def story(folder: Path, letters: str = STORY) -> Scenario:
    reading = pack(folder)
    path = folder / "story.yaml"
    path.write_text(SCENARIO.read_text("utf-8") + letters, "utf-8")
    return read_scenario(path, reading.procedure)


def test_a_template_is_read_whole(tmp_path: Path) -> None:
    procedure = pack(tmp_path).procedure
    assert procedure is not None
    template = procedure.templates["put"]
    assert template.audience is Audience.PROVIDER
    assert template.to == (RecipientRule("provider"), RecipientRule("role", "chief_officer"))
    assert template.copied_to == (RecipientRule("regulator"),)
    assert template.records is not None
    assert (template.records.kind, dict(template.records.data)) == (
        "recommendation_issued",
        {"tier": "service"},
    )
    assert (template.basis, template.signed_by) == ("public_interest", "case_officer")
    assert template.text.cy.startswith("Annwyl")


def test_the_example_with_letters_has_nothing_to_find(tmp_path: Path) -> None:
    assert lint_pack(pack(tmp_path)) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("to: [provider, {", "to: [provder, {"), "Did you mean “provider”?"),
        (
            ("{role: chief_officer}]\n    copied", "{role: chief_oficer}]\n    copied"),
            "Did you mean “chief_officer”?",
        ),
        (("audience: provider", "audience: providers"), "Did you mean “provider”?"),
        (
            ("records: {entry: recommendation_issued", "records: {entry: concern_raised"),
            "“concern_raised” is not known here",
        ),
        (("with: {tier: service}", "with: {tier: sevice}"), "Did you mean “service”?"),
        (("with: {tier: service}", "with: {teir: service}"), "Did you mean “tier”?"),
        (("    document: put\n    about", "    document: putt\n    about"), "Did you mean “put”?"),
        (("basis: public_interest", "basis: public"), "“public” is not known here"),
        (("signed_by: case_officer", "signed_by: case_oficer"), "Did you mean “case_officer”?"),
        (
            ("about: {entry: concern_raised, where", "about: {entry: concern, where"),
            "“concern” is not a kind of entry",
        ),
        ((', cy: "Pryder yn {{ service.name }}"', ""), "“subject” has no Welsh. Add “cy: …”."),
    ],
)
def test_faults_teach(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    assert any(words in fault for fault in faults(tmp_path, change))


WELSH = "Dywedwyd wrthym ar {{ about.happened_on | day }}: {{ about.what_happened }}"
ENGLISH = "We were told on {{ about.happened_on | day }}: {{ about.what_happened }}"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            ((ENGLISH, "{{ about.what_hapened }}"), (WELSH, "{{ about.what_hapened }}")),
            "Did you mean “about.what_happened”?",
        ),
        (
            ((ENGLISH, "{{ about.findings }}"), (WELSH, "{{ about.findings }}")),
            "There is no merge field “about.findings” here.",
        ),
        (
            ((WELSH, "Dywedwyd wrthym: {{ about.what_happened }}"),),
            "The Welsh text lacks what the other language has: “about.happened_on”",
        ),
        (
            ((WELSH, f"{WELSH} {{{{ case.ref }}}}"),),
            "The English text lacks what the other language has: “case.ref”",
        ),
        (((WELSH, ENGLISH),), "“We were told on” is the English text. Put it into Welsh."),
        (
            (
                (ENGLISH, f"{ENGLISH} {{{{ latest.information_withheld.reason }}}}"),
                (WELSH, f"{WELSH} {{{{ latest.information_withheld.reason }}}}"),
            ),
            "is not for the audience “provider”",
        ),
        (
            (
                (ENGLISH, f"{ENGLISH} {{{{ latest.evidence_added.from_whom }}}}"),
                (WELSH, f"{WELSH} {{{{ latest.evidence_added.from_whom }}}}"),
            ),
            "is not for the audience “provider”",
        ),
        (
            (
                (ENGLISH, f"{ENGLISH} {{{{ latest.meeting_held.notes }}}}"),
                (WELSH, f"{WELSH} {{{{ latest.meeting_held.notes }}}}"),
            ),
            "This procedure hides “meeting_held”",
        ),
        (
            (
                (ENGLISH, f"{ENGLISH} {{% if about.seriousness == 'lo' %}}x{{% endif %}}"),
                (WELSH, f"{WELSH} {{% if about.seriousness == 'lo' %}}x{{% endif %}}"),
            ),
            "is never “lo”. Did you mean “low”?",
        ),
        (
            (
                (ENGLISH, f"{ENGLISH} {{% if recipient.name %}}x{{% endif %}}"),
                (WELSH, f"{WELSH} {{% if recipient.name %}}x{{% endif %}}"),
            ),
            "filled in for each recipient",
        ),
        (
            (
                (ENGLISH, f"{ENGLISH} {{{{ restrictions }}}}"),
                (WELSH, f"{WELSH} {{{{ restrictions }}}}"),
            ),
            "“restrictions” is a list. Go through it",
        ),
        (
            (
                (ENGLISH, f"{ENGLISH} {{% for x in case.ref %}}{{% endfor %}}"),
                (WELSH, f"{WELSH} {{% for x in case.ref %}}{{% endfor %}}"),
            ),
            "“case.ref” is not a list",
        ),
        (
            (("        Dear {{ recipient.name }}", "        # Dear {{ recipient.name }}"),),
            "begin headings with “##”",
        ),
        (
            (
                (
                    "    about: {entry: concern_raised, where: {seriousness: serious_risk_of_harm}}\n",
                    "",
                ),
            ),
            "This template is about no entry",
        ),
        (
            (
                (
                    "about: {entry: concern_raised, where: {seriousness: serious_risk_of_harm}}",
                    "about: {entry: meeting_held}",
                ),
            ),
            "“put” speaks of nothing: “meeting_held” is hidden",
        ),
        (
            (
                (
                    "records: {entry: recommendation_issued, with: {tier: service}}",
                    "records: {entry: notice_sent}",
                ),
            ),
            "can record nothing: “notice_sent” is hidden",
        ),
        (
            (("    to: [provider, {role: chief_officer}]\n    copied_to: regulator\n", ""),),
            "names nobody. Say “to”.",
        ),
        (
            (("audience: provider", "audience: partners"),),
            "written for “partners”, which “provider” may not get",
        ),
        (
            (("audience: provider\n", "audience: members\n"),),
            "written for “members”, which “provider” may not get",
        ),
        ((("copied_to: regulator", "copied_to: reporter"),), "which “reporter” may not get"),
        (
            (("audience: provider\n", "audience: network\n"),),
            "“about.what_happened” is not for the audience “network”",
        ),
    ],
)
def test_what_can_never_be_right_is_found(
    tmp_path: Path, changes: tuple[tuple[str, str], ...], words: str
) -> None:
    found = findings(tmp_path, *changes)
    assert any(words in finding for finding in found), found


def test_a_finding_stands_at_its_line_and_column_in_the_text(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        (ENGLISH, f"{ENGLISH}\n\n        And {{{{ about.hapened_on }}}}"),
        (WELSH, f"{WELSH} {{{{ about.hapened_on }}}}"),
    )
    text = (tmp_path / "quiet_word" / "procedure.yaml").read_text("utf-8").split("\n")
    for finding in found:
        _, line, column, *_ = finding.split(":")
        assert text[int(line) - 1][int(column) - 1 :].startswith("about.hapened_on"), finding
    assert len(found) == 2


def test_an_outside_role_gets_nothing_of_the_members(tmp_path: Path) -> None:
    outside = (
        "chief_officer: {title: {en: Chief officer, cy: Prif swyddog}, clauses: [QW-6]}",
        "chief_officer: {title: {en: Chief officer, cy: Prif swyddog}, clauses: [QW-6], outside: true}",
    )
    found = findings(
        tmp_path,
        ("audience: provider\n", "audience: members\n"),
        ("to: [provider, {role: chief_officer}]", "to: [members, {role: chief_officer}]"),
        outside,
    )
    assert any("which “role chief_officer” may not get" in one for one in found)


def test_a_document_without_a_text_and_a_letter_that_meets_nothing_are_told(tmp_path: Path) -> None:
    other = (
        "documents:\n",
        "documents:\n  form: {title: {en: A form, cy: Ffurflen}, type: form}\n",
    )
    assert any(
        "No template gives the text of the form “form”" in one
        for one in findings(tmp_path, other, notes=True)
    )
    records = ("with: {tier: service}", "with: {tier: commissioner}")
    assert any(
        "“put_at_once” is done with “put”, but" in one for one in findings(tmp_path, records)
    )


def test_what_a_letter_says_to_whom_is_proved(tmp_path: Path) -> None:
    assert run(story(tmp_path)) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            ("never_says: Bryn Awel", "never_says: BRYN  house"),
            "expected put never to say “BRYN house”",
        ),
        (
            ("says: [A concern at Bryn House,", "says: [A concern at Bryn Awel,"),
            "expected put to say “A concern at Bryn Awel”",
        ),
        (
            ("copied_to: regulator", "copied_to: safeguarding"),
            "expected copied_to safeguarding, found regulator",
        ),
        (("meets: put_at_once", "meets: answer"), "should meet answer, which is not owed"),
        (("meets: put_at_once", "refused: no"), "was made, but should be refused with “no”"),
        (
            ("after: concern\n    to", "after: open\n    to"),
            "there is no entry that it could speak of",
        ),
    ],
)
def test_a_letter_that_is_otherwise_fails(
    tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    assert STORY.count(change[0]) == 1
    said = " ".join(str(failure) for failure in run(story(tmp_path, STORY.replace(*change))))
    assert words in " ".join(said.split())


def test_a_letter_that_may_not_be_made_is_expected_by_its_words(tmp_path: Path) -> None:
    letters = (
        "\nletters:\n  - {template: put, after: open, refused: no entry that it could speak of}\n"
    )
    assert run(story(tmp_path, letters)) == []


def test_a_letter_after_nothing_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(policies.FaultyPack, match="“concrn” is no entry of this scenario"):
        story(tmp_path, STORY.replace("after: concern\n    to", "after: concrn\n    to"))


def test_a_template_and_each_recipient_are_missed_when_they_are_gone(tmp_path: Path) -> None:
    scenario = story(tmp_path)
    gone = [one for one in takings(scenario.procedure) if one.carrier == "template put"]
    assert [one.part for one in gone] == [
        "",
        "to provider",
        "to role chief_officer",
        "copied_to regulator",
    ]
    assert all(misses(scenario, _left(one)) for one in gone)


def _left(one: Without) -> Procedure:
    assert one.clauses == ("QW-4",)
    return one.procedure
