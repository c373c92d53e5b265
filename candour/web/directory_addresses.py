"""Addresses of the directory: finding a service while typing, for anybody."""

from django.urls import path

from candour.web.views import directory_finding

urlpatterns = [
    path("directory/find/", directory_finding.find, name="directory-find"),
    path("directory/find.json", directory_finding.find_json, name="directory-find-json"),
]
