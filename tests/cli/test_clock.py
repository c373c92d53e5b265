"""`candour clock` as a script and a person use it."""

import pytest
from click.testing import CliRunner, Result

from candour.cli.clock import command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


@pytest.mark.parametrize(
    ("arguments", "first_line"),
    [
        (["20 working days beginning with", "2026-03-21"], "2026-04-21"),
        (["20 working days following", "2026-03-16", "--calendar", "uk-any"], "2026-04-16"),
        (["5 working days after", "2026-03-30T23:30", "--calendar", "wales"], "2026-04-08"),
        (["5 working days after", "2026-03-29T23:30+00:00"], "2026-04-08"),
        (["24 hours after", "2026-03-28T14:00"], "2026-03-29T15:00:00+01:00"),
        (["24 hours after", "2026-10-24T14:00"], "2026-10-25T13:00:00+00:00"),
        (["1 hour after", "2026-10-25T01:30+01:00"], "2026-10-25T01:30:00+00:00"),
        (["2 weeks after", "2026-03-20", "--on-holiday", "roll"], "2026-04-07"),
        (["2 weeks after", "2026-03-20", "--on-holiday", "stand"], "2026-04-03"),
        (["every 8 weeks", "2026-01-05", "--occurrence", "3"], "2026-06-22"),
        (["at once", "2026-01-05"], "2026-01-05"),
        (["at once", "2026-01-05T10:00"], "2026-01-05T10:00:00+00:00"),
        (["1 working day after", "2026-12-23", "--closed", "2026-12-24"], "2026-12-29"),
    ],
)
def test_the_first_line_is_when_it_is_due(arguments: list[str], first_line: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{first_line}\n", "")


def test_the_proof_follows_in_the_language_asked_for() -> None:
    arguments = ["1 working day after", "2026-04-02", "--calendar", "wales", "--proof"]
    assert run(*arguments).stdout.splitlines()[:3] == [
        "2026-04-07",
        "1 working day after Thu 2 Apr 2026, on the calendar wales",
        "Fri 3 Apr 2026: not counted, Good Friday",
    ]
    assert run(*arguments, "--language", "cy").stdout.splitlines()[:3] == [
        "2026-04-07",
        "1 diwrnod gwaith ar ôl Iau 2 Ebr 2026, ar y calendr wales",
        "Gwe 3 Ebr 2026: heb ei gyfrif, Dydd Gwener y Groglith",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["20 business days after", "2026-03-21"], "“20 working days after”"),
        (["20 working days after", "21 March"], "neither a day nor a moment"),
        (["24 hours after", "2026-03-28"], "2026-03-28T14:00"),
        (["24 hours after", "2026-03-29T01:30"], "did not come"),
        (["24 hours after", "2026-10-25T01:30"], "came twice"),
        (["20 working days after", "2040-12-20"], "2012-01-01 to 2040-12-31"),
        (["8 weeks after", "2026-01-05", "--occurrence", "2"], "“every …”"),
        (["24 hours after", "2026-01-05T10:00", "--on-holiday", "roll"], "run through holidays"),
        (["1 day after", "2026-01-05", "--closed", "Tuesday"], "“Tuesday” is not a day"),
        (["1 day after", "2026-01-05", "--calendar", "mars"], "uk-any"),
    ],
)
def test_what_cannot_be_answered_is_said_on_the_error_stream(
    arguments: list[str], message: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
