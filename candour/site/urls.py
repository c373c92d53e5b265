"""All addresses of the site: the screens own them."""

from django.urls import include, path

urlpatterns = [path("", include("candour.web.urls"))]

handler400 = "candour.web.views.errors.bad_request"
handler403 = "candour.web.views.errors.forbidden"
handler404 = "candour.web.views.errors.not_found"
handler500 = "candour.web.views.errors.server_error"
