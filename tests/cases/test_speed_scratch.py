import time
from datetime import timedelta
from django.db import connection
from django.test import Client
import pytest
from candour.cases.models import Case, CaseAction
from candour.database.row_security import acting_for
from tests.cases.test_planned import row, TODAY
from tests.support.casework import make_town, open_at
from candour.cases.queries.planned import *
from tests.cases.test_planned import NOW

@pytest.fixture(autouse=True)
def real(monkeypatch):
    from candour import policies
    from candour.policies import packs
    monkeypatch.setattr(policies,"load",packs.load)

@pytest.mark.django_db
def test_speed(monkeypatch):
    monkeypatch.setenv("CANDOUR_NOW","2026-04-14T09:00")
    from candour.cases import standings
    town=make_town()
    with acting_for([town.council.pk]):
        cases=[open_at(town,"2026-03-09T09:00",service=s) for s in (town.service,town.hospital)]
        for k in range(40):
            CaseAction.objects.bulk_create([row(cases[n%2], n, TODAY+timedelta(days=(n*7+k)%200-40), stands="open" if n%3 else "done", said_done_on=TODAY if n%97==0 else None, extended=n%11==0) for n in range(k*1000,k*1000+1000)])
        with connection.cursor() as c:
            try: c.execute("ANALYZE case_action")
            except Exception as e: print(e)
        for narrowed in (Narrowed(), Narrowed(plan="cap"), Narrowed(owner="price"), Narrowed(owner="nobody"), Narrowed(service="plas")):
            for _ in range(2):
                t=time.perf_counter(); p=board(bodies=[town.council.pk],narrowed=narrowed,as_of=NOW); b=time.perf_counter()-t
            ts=[]
            for l in Lane:
                t=time.perf_counter(); planned(bodies=[town.council.pk],narrowed=narrowed,lane=l,as_of=NOW); ts.append(round((time.perf_counter()-t)*1e3,1))
            print(narrowed, round(b*1e3,1), ts, dict(p.counts))
    cl=Client(); cl.force_login(town.mari)
    cl.get("/plans/")
    ts=[]
    for _ in range(10):
        t=time.perf_counter(); cl.get("/plans/"); ts.append((time.perf_counter()-t)*1e3)
    print("page ms", sorted(ts))
