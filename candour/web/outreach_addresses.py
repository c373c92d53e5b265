"""Addresses of outreach: campaigns, engagements, and who is heard too little."""

from django.urls import path

from candour.web.views import outreach, outreach_heard

urlpatterns = [
    path("outreach/", outreach.listing, name="outreach"),
    path("outreach/campaigns/<int:number>/", outreach.campaign, name="campaign"),
    path("outreach/engagements/<int:number>/", outreach.engagement, name="engagement"),
    path("outreach/heard/", outreach_heard.heard, name="heard"),
]
