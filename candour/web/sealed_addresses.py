"""Addresses of the screens for what is sealed: opening it, giving it, and who may and did."""

from django.urls import path

from candour.web.views import custody, giving, sealed

urlpatterns = [
    path("experiences/custody/", custody.custody, name="custody"),
    path("experiences/<int:number>/sealed/", sealed.sealed, name="experience-sealed"),
    path("experiences/<int:number>/sealed/give/", giving.give_away, name="experience-give"),
]
