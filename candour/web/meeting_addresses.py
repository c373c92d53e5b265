"""Addresses of the rooms of a meeting: prepared, run, finished."""

from django.urls import path

from candour.web.views import meeting_finish, meeting_prepare, meeting_room

urlpatterns = [
    path(
        "cases/<str:ref>/meetings/to-come/<slug:name>/",
        meeting_prepare.prepare,
        name="meeting-prepare",
    ),
    path("cases/<str:ref>/meetings/<uuid:meeting>/run/", meeting_room.run, name="meeting-run"),
    path(
        "cases/<str:ref>/meetings/<uuid:meeting>/finish/",
        meeting_finish.finish,
        name="meeting-finish",
    ),
]
