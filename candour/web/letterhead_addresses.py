"""Addresses of what a body’s letterhead looks like: its logo, and a letter as an example."""

from django.urls import path

from candour.web.views import letterhead

urlpatterns = [
    path("letters/house/logo", letterhead.logo, name="letterhead-logo"),
    path("letters/house/example-<str:language>.pdf", letterhead.example, name="letterhead-example"),
]
