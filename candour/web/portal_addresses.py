"""Addresses of people outside: the room of a case for its officers, and what a link opens."""

from django.urls import path

from candour.web.views import outside, outside_answers, portal, portal_inviting

urlpatterns = [
    path("cases/<str:ref>/portal/", portal.people_outside, name="case-portal"),
    path("cases/<str:ref>/portal/invite/", portal_inviting.invite_somebody, name="portal-invite"),
    path("cases/<str:ref>/portal/<uuid:number>/", portal.one_outside, name="portal-one"),
    path("outside/<str:token>/", outside.outside_link, name="outside-link"),
    path("outside/case/<uuid:number>/", outside.outside_page, name="outside"),
    path("outside/case/<uuid:number>/leave/", outside.outside_leave, name="outside-leave"),
    path(
        "outside/case/<uuid:number>/letter/<uuid:entry>/<int:file>/",
        outside_answers.outside_letter,
        name="outside-letter",
    ),
    path(
        "outside/case/<uuid:number>/<slug:way>/<uuid:entry>/",
        outside_answers.outside_answer,
        name="outside-answer",
    ),
]
