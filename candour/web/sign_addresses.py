"""Addresses of what somebody has to look at: safeguarding signs, and words taken out."""

from django.urls import path

from candour.web.views import marks, signs, signs_watch

urlpatterns = [
    path("experiences/signs/", signs.signs, name="safeguarding-signs"),
    path("experiences/signs/watch/", signs_watch.watch, name="safeguarding-watch"),
    path("experiences/signs/<int:number>/", signs.sign, name="safeguarding-sign"),
    path("experiences/marks/", marks.marks, name="marks"),
    path("experiences/<int:number>/words/", marks.words, name="experience-words"),
]
