"""The pages of a what-if: a draft sent or picked, what is wrong with it, and what came of it."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from candour import policies
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.models import User
from candour.whatif import asking, replaying
from candour.whatif.asking import do
from candour.whatif.models import State, WhatIf
from candour.whatif.uploads import LARGEST_UNPACKED, MOST_FILES, NotADraft, files_in
from tests.support.casework import Town, hold_ppm, open_at, to_ppm
from tests.web.pages import read

NAME = "cardiff_vale"
PAGE = f"/procedures/{NAME}/what-if/"
SignedIn = Callable[[User], Client]


def a_case(town: Town) -> Case:
    """A case at PPM that has just met, with what follows a meeting still owed."""
    case = open_at(town, "2026-03-10T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return case


def packed(*changes: tuple[str, str]) -> bytes:
    """The shipped pack in a zip, as a person would make one of its folder."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(policies.find(NAME).glob("*.yaml")):
            text = file.read_text("utf-8")
            for old, new in changes:
                text = text.replace(old, new)
            archive.writestr(f"{NAME}/{file.name}", text)
        archive.writestr(f"{NAME}/scenarios/one.yaml", "scenario: not read")
    return made.getvalue()


def send(client: Client, content: bytes, name: str = "draft.zip") -> str:
    answer = client.post(PAGE, {"draft": SimpleUploadedFile(name, content)})
    return answer.headers.get("Location", "") or read(answer)


def test_a_draft_is_replayed_and_shown_with_a_picture_and_its_table(
    town: Town, signed_in: SignedIn
) -> None:
    case = a_case(town)
    mari = signed_in(town.mari)
    place = send(mari, packed(("5 working days after", "1 working day after")))
    assert place.startswith(PAGE)
    assert "Waiting for its turn" in read(mari.get(place))
    with acting_for([town.council.pk]):
        kept = WhatIf.objects.get()
    do(kept.pk, town.council.pk)
    page = read(mari.get(place))
    assert "1 open cases replayed" in page
    assert "As it is" in page
    assert "Week of" in page
    assert "<svg" in mari.get(place).content.decode()
    assert case.ref
    with acting_for([town.council.pk]):
        assert WhatIf.objects.get().files == {}


def test_it_is_put_in_the_queue_with_what_was_asked(town: Town, signed_in: SignedIn) -> None:
    answer = signed_in(town.mari).post(PAGE, {"picked": f"{NAME} none"})
    assert answer.status_code == 422
    other = next(name for name, _ in policies.in_reach() if name != NAME)
    version = policies.load(other).version
    answer = signed_in(town.mari).post(PAGE, {"picked": f"{other} {version}"})
    assert answer.status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="whatif.do").count() == 1


def test_what_one_body_asked_no_other_sees(town: Town, signed_in: SignedIn) -> None:
    place = send(signed_in(town.mari), packed())
    assert signed_in(town.mari).get(place).status_code == 200
    assert signed_in(town.olwen).get(place).status_code == 404


def test_every_fault_of_a_draft_is_shown_with_its_line(town: Town, signed_in: SignedIn) -> None:
    said = send(signed_in(town.mari), packed(("calendar:", "calender:")))
    assert "procedure.yaml:" in said
    assert "/tmp" not in said  # noqa: S108  # where it was laid out is nobody's business


def test_a_draft_that_cannot_be_replayed_says_why(town: Town) -> None:
    with acting_for([town.council.pk]):
        kept = WhatIf.objects.create(
            body=town.council,
            asked_by=town.mari,
            instead_of=NAME,
            draft=NAME,
            version="none",
            as_of="2026-04-01T12:00Z",
            expires_at="2026-05-01T12:00Z",
        )
    do(kept.pk, town.council.pk)
    with acting_for([town.council.pk]):
        kept.refresh_from_db()
    assert kept.state == State.FAILED
    assert "version none" in kept.trouble


def test_one_that_breaks_off_says_so_and_does_not_run_for_ever(
    town: Town, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_case(town)
    mari = signed_in(town.mari)
    place = send(mari, packed())
    with acting_for([town.council.pk]):
        kept = WhatIf.objects.get()

    def breaks(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(asking, "replay_caseload", breaks)
    with pytest.raises(RuntimeError):
        do(kept.pk, town.council.pk)
    page = read(mari.get(place))
    assert "Something went wrong inside Candour" in page


def test_drafts_looked_at_long_ago_are_not_kept_in_memory() -> None:
    present = policies.load(NAME)
    for number in range(replaying.MOST_PAIRS + 5):
        replaying._alike(replace(present, version=str(number)), present)
    assert len(replaying._kinds_alike) <= replaying.MOST_PAIRS


def zipped(**files: bytes) -> bytes:
    return packed_as(zipfile.ZIP_DEFLATED, files)


def packed_as(how: int, files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/") + ".yaml", content)
    return made.getvalue()


def spoilt(content: bytes, *, at: int) -> bytes:
    """The zip with some bytes of what is packed turned over."""
    return content[:at] + bytes(byte ^ 0xFF for byte in content[at : at + 12]) + content[at + 12 :]


BOMB = {"bomb": b"a" * 100}
TEXT = zipped(a=b"procedure: x" * 100)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("draft.txt", b"procedure: x", "Send a .yaml file"),
        ("draft.zip", b"PK\x03\x04 broken", "Send a .yaml file"),
        ("draft.zip", zipped(bomb=b"a" * (LARGEST_UNPACKED + 1)), "are larger than 1 MB"),
        ("draft.zip", packed_as(zipfile.ZIP_BZIP2, BOMB), "packed in an unusual way"),
        ("draft.zip", packed_as(zipfile.ZIP_LZMA, BOMB), "packed in an unusual way"),
        ("draft.zip", spoilt(TEXT, at=TEXT.find(b"a.yaml") + 6), "cannot be read"),
        ("draft.zip", zipped(é=b"a: 1").replace("é".encode(), b"\xff\xfe"), "cannot be read"),
        ("draft.zip", zipped(**{"🏥" * 60: b"a: 1"}), "a very long name"),
        ("draft.zip", zipped(**{f"f{n}": b"a: 1" for n in range(MOST_FILES + 1)}), "more than 100"),
        ("draft.zip", zipped(), "no .yaml file"),
        ("draft.yaml", b"\xff\xfe\x00", "not text in UTF-8"),
        ("draft.yaml", b"a: \x00", "is not text"),
    ],
)
def test_what_is_no_draft_is_refused_with_what_to_send(
    name: str, content: bytes, said: str
) -> None:
    with pytest.raises(NotADraft, match=said):
        files_in(name, content)


def test_names_in_a_zip_lead_nowhere_else() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("../../../evil.yaml", "a: 1")
    assert [Path(name).name for name in files_in("draft.zip", made.getvalue())] == ["evil.yaml"]
