"""Addresses of the directory: services found, their history, files taken in, duplicates."""

from django.urls import path

from candour.web.views import (
    directory_duplicates,
    directory_finding,
    directory_intakes,
    directory_list,
    directory_names,
)

urlpatterns = [
    path("directory/", directory_list.directory, name="directory"),
    path(
        "directory/services/<int:number>/history/", directory_list.history, name="directory-history"
    ),
    path("directory/find/", directory_finding.find, name="directory-find"),
    path("directory/find.json", directory_finding.find_json, name="directory-find-json"),
    path("directory/imports/", directory_intakes.files, name="directory-imports"),
    path("directory/imports/<int:number>/", directory_intakes.file, name="directory-import"),
    path("directory/authorities/", directory_names.names, name="directory-authorities"),
    path("directory/duplicates/", directory_duplicates.duplicates, name="directory-duplicates"),
    path(
        "directory/duplicates/<int:one>/<int:other>/",
        directory_duplicates.pair,
        name="directory-pair",
    ),
    path("directory/merges/<int:number>/undo/", directory_duplicates.undo, name="directory-undo"),
]
