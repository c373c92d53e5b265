"""Addresses of who is who: bodies, services, areas and groups of the directory; keeping them."""

from django.urls import path

from candour.web.views import keeping, who_is_who

urlpatterns = [
    path("directory/bodies/", who_is_who.bodies, name="directory-bodies"),
    path("directory/bodies/<int:number>/", who_is_who.body, name="directory-body"),
    path("directory/services/<int:number>/", who_is_who.service, name="directory-service"),
    path("directory/areas/", who_is_who.areas, name="directory-areas"),
    path("directory/areas/<str:code>/", who_is_who.area, name="directory-area"),
    path("directory/groups/<int:number>/", who_is_who.group, name="directory-group"),
    path("directory/keep/<slug:sort>/", keeping.keep, name="directory-keep"),
    path("directory/keep/<slug:sort>/<int:row>/", keeping.keep_row, name="directory-keep-row"),
]
