"""Addresses of the screens for what people told us."""

from django.urls import path

from candour.web.views import experience_cases, experiences

urlpatterns = [
    path("experiences/", experiences.experiences, name="experiences"),
    path("experiences/raise/", experience_cases.raise_concern, name="raise-concern"),
    path("experiences/add-to-case/", experience_cases.add_to_case, name="add-to-case"),
    path("experiences/<int:number>/", experiences.experience, name="experience"),
]
