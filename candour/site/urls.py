"""All addresses of the site: the screens own them."""

from django.urls import include, path

urlpatterns = [path("", include("candour.web.urls"))]
