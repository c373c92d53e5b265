"""`candour procedures new`: a pack for Healthwatch Anytown, by flags and by answers."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from candour import policies
from candour.cli.procedures import command
from candour.engine.contacts import answering
from candour.policies import lint_pack
from candour.policies.folders import scenario_files
from candour.policies.starting import Unfit, line_from
from tests.policies.example import SCENARIO, TEXT

BASE = TEXT.replace('version: "2026-01" ', 'base: true\nversion: "2026-01" ').replace(
    "\noptions:\n",
    """
contacts:
  emergency:
    title: {en: Emergency, cy: Argyfwng}
    for: [safeguarding_adult]
    phone: "999"
    clauses: [QW-4]
options:
  referrals:
    - {id: safeguarding_adult, en: An adult, cy: Oedolyn}
    - {id: safeguarding_child, en: A child, cy: Plentyn}
    - {id: scrutiny_health, en: Scrutiny, cy: Craffu}
    - {id: commissioner, en: Commissioner, cy: Comisiynydd}
""",
)
BASE = BASE.replace("checklist_answered, referral_made,", "checklist_answered,").replace(
    "  chief_officer:",
    "  chair: {title: {en: Chair, cy: Cadair}, clauses: [QW-1]}\n  chief_officer:",
)
DAY = "Mon-Fri 08:00-20:00, Sat 09:30-16:00"
FLAGS = (
    *("--name", "Healthwatch Anytown", "--name-cy", "Healthwatch Unrhywle"),
    *("--based-on", "quiet_word", "--council", "Anytown Council", "--council", "Othertown Council"),
    *("--scrutiny", "Anytown “Health” Committee", "--commissioner", "NHS Anyshire: ICB"),
    *("--safeguarding", f"adults; Call Anytown; 01632 960001; {DAY}"),
    *("--safeguarding", "both; Night team; 01632 960002; otherwise"),
    *(
        "--chief-executive",
        "Director",
        "--chief-executive-cy",
        "Cyfarwyddwr",
        "--chair",
        "Convener",
    ),
    *("--approved", "2024-02-29", "--every", "every year"),
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site’s folder of packs with a base, which is where new ones go."""
    pack = tmp_path / "packs" / "quiet_word"
    (pack / "scenarios").mkdir(parents=True)
    (pack / "procedure.yaml").write_text(BASE, "utf-8")
    (pack / "scenarios" / "easter.yaml").write_text(SCENARIO.read_text("utf-8"), "utf-8")
    monkeypatch.setenv("CANDOUR_PROCEDURES", str(pack.parent))
    return pack.parent


def run(*flags: str | Path, answers: str | None = None) -> Result:
    return CliRunner().invoke(command, ["new", *map(str, flags)], input=answers)


def test_by_flags_it_asks_nothing_and_writes_a_sound_pack(site: Path) -> None:
    result = run(*FLAGS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "all 1 scenarios of its base hold" in result.stdout
    reading = policies.read(site / "healthwatch_anytown")
    assert reading.faults == ()
    assert lint_pack(reading) == []
    made = reading.procedure
    assert made is not None
    assert made.title.cy.startswith("Healthwatch Unrhywle")
    assert made.roles["chair"].title.en == "Convener"
    assert made.summary.en.endswith(
        "in the area of Anytown Council and Othertown Council. Commissioner: NHS Anyshire: ICB."
    )
    assert made.contacts["safeguarding_1"].serves == ("safeguarding_adult",)
    assert [hours.days for hours in made.contacts["safeguarding_1"].hours] == [
        (0, 1, 2, 3, 4),
        (5,),
    ]
    assert made.contacts["safeguarding_2"].otherwise
    assert made.contacts["scrutiny_committee"].title.en == "Anytown “Health” Committee"
    assert made.contacts["commissioner"].title.en == "NHS Anyshire: ICB"
    assert made.review is not None
    assert str(made.review.next_review) == "2025-02-28"
    assert "chief_executive" not in made.roles  # the base has none


def test_it_is_there_by_name_at_once(site: Path) -> None:
    run(*FLAGS)
    assert "healthwatch_anytown" in policies.available()
    listed = CliRunner().invoke(command, ["list"]).stdout
    assert "quiet_word  2026-01  A quiet word  (a base)" in listed
    assert "raising and escalating concerns  (on quiet_word)" in listed
    shown = CliRunner().invoke(command, ["show", "healthwatch_anytown"]).stdout
    assert "From its base, quiet_word" in shown
    assert "  duties: answer, put_at_once" in shown
    shown = CliRunner().invoke(command, ["show", "quiet_word"]).stdout
    assert "no case is opened under it" in shown


def test_it_asks_for_what_is_not_given(site: Path) -> None:
    body = ["Healthwatch Anytown", "quiet_word", "The committee", "The board", "", ""]
    policy = ["2026-01-31", "", "Anytown Council"]
    number = ["Call Anytown", "adults", "01632 960001", "Mnday 8-9", DAY, ""]
    answers = "".join(f"{line}\n" for line in (*body, *policy, *number))
    result = run(answers=answers)
    assert result.exit_code == 0, result.output
    assert "“Mnday 8-9” is not understood" in result.output
    made = policies.load("healthwatch_anytown")
    assert list(made.contacts) == [
        *("emergency", "safeguarding_1", "scrutiny_committee", "commissioner"),
    ]


def test_a_fifth_healthwatch_is_a_page_that_works(site: Path) -> None:
    """Over the base that is shipped: sound, tried with every scenario of it, its own numbers."""
    result = run(*FLAGS, "--based-on", "local_healthwatch")
    assert (result.exit_code, result.stderr) == (0, "")
    count = len(scenario_files(policies.find("local_healthwatch")))
    assert f"all {count} scenarios of its base hold" in result.stdout
    page = (site / "healthwatch_anytown" / "procedure.yaml").read_text("utf-8")
    assert len(page.splitlines()) < 80
    lint = CliRunner().invoke(command, ["lint", "healthwatch_anytown"])
    assert lint.stdout == "healthwatch_anytown: 0 errors, 0 notes.\n"
    made = policies.load("healthwatch_anytown")
    saturday_night = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    there = made.contacts.values()
    answer = answering(there, "safeguarding_adult", saturday_night, made.calendar)
    assert {one.contact.id for one in answer} == {"emergency", "safeguarding_2"}
    assert made.roles["chief_executive"].title.en == "Director"


def test_nothing_is_overwritten(site: Path) -> None:
    run(*FLAGS)
    page = site / "healthwatch_anytown" / "procedure.yaml"
    page.write_text("mine", "utf-8")
    result = run(*FLAGS)
    assert result.exit_code == 2
    assert "There is “healthwatch_anytown” already" in result.stderr
    assert page.read_text("utf-8") == "mine"
    assert [folder.name for folder in sorted(site.iterdir())] == [
        "healthwatch_anytown",
        "quiet_word",
    ]


def test_a_name_that_is_shipped_is_taken(site: Path) -> None:
    result = run(*FLAGS, "--id", "cardiff_vale")
    assert "There is “cardiff_vale” already" in result.stderr
    assert not (site / "cardiff_vale").exists()


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--id", "Any Town"), "“Any Town” cannot be the name of a pack"),
        (("--based-on", "no_such"), "There is no procedure “no_such”"),
        (("--based-on", "cardiff_vale"), "is a procedure of its own and no base"),
        (("--every", "20 days after"), "happens once"),
        (("--every", "sometimes"), "“sometimes”"),
        (("--approved", "2026-02-30"), "does not match the format"),
        (("--safeguarding", "adults; A; 1; Mon 8-9"), "is not understood"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_written(
    site: Path, flags: tuple[str, str], words: str
) -> None:
    result = run(*FLAGS, *flags)
    assert result.exit_code == 2
    assert words in result.stderr
    assert [folder.name for folder in site.iterdir()] == ["quiet_word"]


def test_elsewhere_it_says_how_to_use_it(site: Path, tmp_path: Path) -> None:
    result = run(*FLAGS, "--into", tmp_path / "else")
    assert f"CANDOUR_PROCEDURES={tmp_path / 'else'}" in result.stdout
    assert (tmp_path / "else" / "healthwatch_anytown" / "procedure.yaml").exists()


def test_a_folder_that_cannot_be_written(site: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    result = run(*FLAGS, "--into", tmp_path / "file" / "below")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_pack_of_the_site_with_faults_stops_no_other(site: Path) -> None:
    (site / "broken").mkdir()
    (site / "broken" / "procedure.yaml").write_text("procedure: broken\n", "utf-8")
    result = CliRunner().invoke(command, ["list"])
    assert result.exit_code == 0
    assert "broken  cannot be used: " in result.stdout
    assert CliRunner().invoke(command, ["clauses"]).exit_code == 0


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("adults; A; 1", "has to be: whom for; name; number; hours"),
        ("adults; ; 1; always", "has to be"),
        ("adlts; A; 1; always", "Did you mean “adults”"),
        ("both; A; 1; Fri-Mon 08:00-09:00", "ends before it begins"),
        ("both; A; 1; T 08:00-09:00", "“T” is not a day of the week"),
    ],
)
def test_lines_that_cannot_be_understood(written: str, words: str) -> None:
    with pytest.raises(Unfit, match=words):
        line_from(written)


def test_a_line_without_hours_answers_always() -> None:
    line = line_from("children; Children’s team; 01632 960003; always")
    assert (line.serves, line.hours, line.otherwise) == (("safeguarding_child",), (), False)
