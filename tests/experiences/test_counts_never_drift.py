"""Whatever is done in whatever order, the kept counts and the lists say what the rows say."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.bodies.models import Body, Service
from candour.coding import actions as coding
from candour.coding import queries as coding_queries
from candour.coding.actions import CodingRefusedError
from candour.coding.models import Code, Coding
from candour.coding.work import look_at_new
from candour.database.row_security import acting_for
from candour.directory.errors import MergeRefusedError
from candour.directory.merging import merge, part
from candour.directory.models import Merge
from candour.experiences.actions import (
    NotTurned,
    put_back,
    redo_import,
    take_out,
    undo_import,
)
from candour.experiences.actions.importing import OpenFile, import_open_file
from candour.experiences.intake.mapping_files import find_mapping
from candour.experiences.models import Experience, Import, OutBecause, Tally
from candour.experiences.queries import Filters, facets, felt_of_service, listing
from candour.people.actor import Actor
from candour.people.models import User
from tests.experiences.files import AS_OF, a_body, csv_text

pytestmark = pytest.mark.django_db
THEMES = ("Parking", "Timeliness of care", "Food")
SERVICES = ("North Wards", "South Wards", "East Wards")
FELT = (None, 1, 3, 5)


def listed(filters: Filters) -> set[int]:
    """Return the numbers of the experiences of a list."""
    return {row.pk for row in listing(filters=filters, size=500).rows}


class Place:
    """A body with its list of codes, three rows of the directory, and what is done to them."""

    def __init__(self) -> None:
        self.body = a_body("counted")
        self.ann = Actor(User.objects.create_user("ann"), "officer", self.body)
        self.codes = [
            coding.add_code(
                title=theme, title_cy="", family="", covers="", actor=self.ann, as_of=AS_OF
            )
            for theme in THEMES
        ]
        provider = Body.objects.create(slug="owner", name="Owner", nation="england")
        self.services = [
            Service.objects.create(provider=provider, name=name, kind="ward") for name in SERVICES
        ]
        self.told = 0

    # -- what people do ----------------------------------------------------------------------------

    def take_in(self, first: int, second: int) -> None:
        """Take three rows of a file in: some of them came before, others may."""
        rows = [
            {
                "Comment ID": f"C{(first + step) % 6}",
                "Service type 1": SERVICES[(second + step) % 3],
                "Parking": "1" if (first + step) % 2 else "",
                "Timeliness of care": "1" if second % 2 else "",
                "Comment sentiment": str(1 + (first + second) % 5),
            }
            for step in range(3)
        ]
        with TemporaryFile() as file:
            file.write(csv_text(*rows).encode())
            file.seek(0)
            import_open_file(
                OpenFile(file, f"{first}-{second}.csv"),
                mapping=find_mapping("nhs-fft"),
                actor=self.ann,
                as_of=AS_OF,
            )

    def tell(self, first: int, second: int) -> None:
        """Somebody tells of a service of the directory."""
        self.told += 1
        Experience.objects.create(
            body=self.body,
            source="form",
            source_ref=f"told {self.told}",
            answer="The soup was cold",
            service=self.services[first % 3],
            service_name=SERVICES[first % 3],
            sentiment=FELT[second % 4],
            received_on=AS_OF.date(),
            created_at=AS_OF,
        )

    def undo(self, first: int, _second: int) -> None:
        if batch := self._any(Import.objects.all(), first):
            self._unless(NotTurned, undo_import, batch.pk, actor=self.ann, as_of=AS_OF)

    def redo(self, first: int, _second: int) -> None:
        if batch := self._any(Import.objects.all(), first):
            self._unless(NotTurned, redo_import, batch.pk, actor=self.ann, as_of=AS_OF)

    def withdraw(self, first: int, second: int) -> None:
        because = (OutBecause.WITHDRAWN, OutBecause.DUPLICATE)[second % 2]
        if one := self._any(Experience.objects.all(), first):
            take_out([one.pk], because=because, actor=self.ann, as_of=AS_OF)

    def back(self, first: int, second: int) -> None:
        because = (OutBecause.WITHDRAWN, OutBecause.DUPLICATE)[second % 2]
        if one := self._any(Experience.objects.all(), first):
            put_back([one.pk], because=because, actor=self.ann)

    def code(self, first: int, second: int) -> None:
        one = self._any(Experience.objects.in_use(), first)
        offered = [code.theme for code in coding_queries.code_list(self.body)]
        if one is not None:
            coding.code_experience(
                one.pk,
                themes=[theme for place, theme in enumerate(offered) if second >> place & 1],
                sentiment=FELT[second % 4],
                actor=self.ann,
                as_of=AS_OF,
            )

    def rename(self, first: int, second: int) -> None:
        code, into = (Code.objects.get(pk=self.codes[n % 3].pk) for n in (first, second))
        self._unless(
            CodingRefusedError, coding.make_become, code, into, actor=self.ann, as_of=AS_OF
        )

    def offer(self, first: int, _second: int) -> None:
        coding.offer_again(self.codes[first % 3])

    def look(self, _first: int, _second: int) -> None:
        while look_at_new(self.body, AS_OF, at_most=2):
            pass

    def merge(self, first: int, second: int) -> None:
        assert self.ann.user is not None
        one, other = self.services[first % 3].pk, self.services[second % 3].pk
        self._unless(
            MergeRefusedError, merge, one, other, reason="one door", by=self.ann.user, as_of=AS_OF
        )

    def part(self, first: int, _second: int) -> None:
        assert self.ann.user is not None
        if made := self._any(Merge.objects.filter(undone_at=None), first):
            part(made.pk, because="two doors", by=self.ann.user, as_of=AS_OF)

    @staticmethod
    def _any(found: Any, number: int) -> Any:
        rows = list(found.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    @staticmethod
    def _unless(
        refusal: type[Exception], do: Callable[..., object], *given_: Any, **rest: Any
    ) -> None:
        with suppress(refusal), transaction.atomic():
            do(*given_, **rest)

    # -- what has to hold --------------------------------------------------------------------------

    def check(self, withdrawn: set[int]) -> None:
        rows = list(Experience.objects.in_use().filter(body=self.body))
        self._counts(rows)
        self._lists(rows)
        self._codes(rows)
        self._services(rows)
        assert not withdrawn & {row.pk for row in rows}, "what was withdrawn stays out"
        refs = Counter((row.source, row.source_ref) for row in rows)
        assert not refs or max(refs.values()) == 1, "one row for each thing that was said"

    def _counts(self, rows: list[Experience]) -> None:
        counted: Counter[tuple[str, int, str]] = Counter()
        for row in rows:
            for theme in ("", *set(row.themes)):
                counted[row.service_name, row.sentiment or 0, theme] += 1
        kept = Tally.objects.filter(body=self.body).values_list(
            "service_name", "sentiment", "theme", "experiences"
        )
        assert {tuple(key): number for *key, number in kept} == dict(counted)

    def _lists(self, rows: list[Experience]) -> None:
        assert {row.pk for row in listing(size=500).rows} == {row.pk for row in rows}
        assert facets().total == len(rows)
        for choice in facets().themes:
            there = {row.pk for row in rows if choice.value in row.themes}
            assert choice.count == len(there)
            assert {
                r.pk for r in listing(filters=Filters(theme=choice.value), size=500).rows
            } == there
        for batch in Import.objects.all():
            there = {row.pk for row in rows if row.batch_id == batch.pk}
            assert listed(Filters(batch=batch.pk)) == there
            assert not (batch.undone_at and there), "an import undone shows nothing"

    def _codes(self, rows: list[Experience]) -> None:
        carried = Counter(theme for row in rows for theme in set(row.themes))
        used = coding_queries.codes_in_use(self.body)
        assert {one.theme: one.experiences for one in used if one.experiences} == dict(carried)
        for row in rows:
            newest = coding_queries.codings_of(row).first()
            if newest is not None:
                assert sorted(newest.themes) == sorted(row.themes)
        by_people = set(
            Coding.objects.filter(by__isnull=False).values_list("experience", flat=True)
        )
        waits = {r.pk for r in rows if not r.themes and r.pk not in by_people}
        assert {row.pk for row in coding_queries.to_code(self.body)} == waits

    def _services(self, rows: list[Experience]) -> None:
        stands = {merge.merged_id: merge.kept_id for merge in Merge.objects.filter(undone_at=None)}

        def kept(service: int) -> int:
            return kept(stands[service]) if service in stands else service

        for service in self.services:
            same = [r for r in rows if r.service_id and kept(r.service_id) == kept(service.pk)]
            felt = felt_of_service(service.pk, AS_OF.date())
            assert felt == dict(Counter(row.sentiment or 0 for row in same))


DOINGS = (
    *("take_in", "take_in", "tell", "undo", "undo", "redo", "redo", "withdraw", "back", "code"),
    *("code", "rename", "offer", "look", "merge", "part"),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(DOINGS), st.integers(0, 7), st.integers(0, 7)),
    min_size=1,
    max_size=14,
)


@contextmanager
def undone() -> Iterator[None]:
    """Leave nothing behind of what is done within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_counts_and_lists_say_what_the_rows_say(
    db: None, steps: list[tuple[str, int, int]]
) -> None:
    with undone():
        withdrawn = set[int]()
        with acting_for([a_body("counted").pk]):
            place = Place()
            for what, first, second in steps:
                getattr(place, what)(first, second)
                out = Experience.objects.filter(out_because=OutBecause.WITHDRAWN)
                if what == "back":
                    withdrawn &= set(out.values_list("pk", flat=True))
                withdrawn |= set(out.values_list("pk", flat=True))
                place.check(withdrawn)
