"""Addresses of visits of a case, and of the records of concern that are signed in it."""

from django.urls import path

from candour.web.views import concern_record, visit_notes, visit_steps, visits

ROOM = "cases/<str:ref>/visits/"
VISIT = f"{ROOM}<uuid:visit>/"

urlpatterns = [
    path(ROOM, visits.case_visits, name="case-visits"),
    path(f"{ROOM}plan/", visit_steps.plan, name="visit-plan"),
    path(VISIT, visits.visit_page, name="case-visit"),
    path(f"{VISIT}notes/", visit_notes.notes, name="visit-notes"),
    path(f"{VISIT}<slug:step>/", visit_steps.step, name="visit-step"),
    path("notes-worker.js", visit_notes.worker, name="notes-worker"),
    path("cases/<str:ref>/record-of-concern/", concern_record.record_page, name="case-record"),
]
