"""Addresses of the screens where files of experiences are taken in."""

from django.urls import path

from candour.web.views import import_files, imports

urlpatterns = [
    path("experiences/import/", imports.imports, name="imports"),
    path("experiences/import/<int:number>/", imports.one_import, name="import"),
    path("experiences/import/files/<int:number>/", import_files.import_file, name="import-file"),
]
