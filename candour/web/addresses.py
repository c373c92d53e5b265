"""Addresses of the screens for casework: the worklist, cases and procedures."""

from django.urls import path

from candour.web.views import (
    cases,
    closure,
    contacts,
    decisions,
    meetings,
    moving,
    opening,
    plans,
    procedures,
    ratings,
    recording,
    responses,
    restrictions,
    worklist,
)

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("cases/", cases.cases, name="cases"),
    path("cases/open/", opening.open_a_case, name="open-case"),
    path("cases/<str:ref>/", cases.case, name="case"),
    path("cases/<str:ref>/meetings/", meetings.case_meetings, name="case-meetings"),
    path("cases/<str:ref>/meetings/<uuid:meeting>/", meetings.minutes, name="case-minutes"),
    path("cases/<str:ref>/plan/", plans.case_plan, name="case-plan"),
    path("cases/<str:ref>/restrictions/", restrictions.case_restrictions, name="case-restrictions"),
    path("cases/<str:ref>/closure/", closure.case_closure, name="case-closure"),
    path("cases/<str:ref>/contacts/", contacts.contacts, name="case-contacts"),
    path("cases/<str:ref>/decisions/", decisions.decisions, name="case-decisions"),
    path("cases/<str:ref>/decisions/file/", decisions.register, name="case-decision-register"),
    path("cases/<str:ref>/record/", recording.kinds, name="kinds"),
    path("cases/<str:ref>/record/<slug:kind>/", recording.record, name="record"),
    path("cases/<str:ref>/entries/<uuid:entry>/correct/", recording.correct, name="correct"),
    path("cases/<str:ref>/moves/<slug:name>/", moving.move, name="move"),
    path("cases/<str:ref>/ratings/", ratings.ratings, name="case-ratings"),
    path("cases/<str:ref>/ratings/mine/", ratings.seal, name="rating-seal"),
    path("cases/<str:ref>/ratings/open/", ratings.open_round, name="ratings-open"),
    path("cases/<str:ref>/ratings/show/", ratings.show, name="ratings-show"),
    path("cases/<str:ref>/responses/", responses.case_responses, name="case-responses"),
    path("responses/", responses.responses, name="responses"),
    path("responses.csv", responses.responses_file, name="responses-file"),
    path("restrictions/", restrictions.register, name="restrictions"),
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/<slug:name>/", procedures.procedure, name="procedure"),
]
