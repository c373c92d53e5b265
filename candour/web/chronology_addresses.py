"""Addresses of the chronology of a case: the page, and its files."""

from django.urls import path

from candour.web.views import chronology

urlpatterns = [
    path("cases/<str:ref>/chronology/", chronology.case_chronology, name="case-chronology"),
    path(
        "cases/<str:ref>/chronology/file/<slug:sort>/",
        chronology.chronology_file,
        name="chronology-file",
    ),
]
