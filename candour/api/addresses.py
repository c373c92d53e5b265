"""Addresses of the API, for the screens to include."""

from django.urls import path

from candour.api.site import api

urlpatterns = [path("api/v1/", api.urls)]
