"""Addresses of outreach: campaigns, engagements, and who is heard too little."""

from django.urls import path

from candour.web.views import outreach, outreach_correcting, outreach_gathered, outreach_heard

urlpatterns = [
    path("outreach/", outreach.listing, name="outreach"),
    path("outreach/campaigns/<int:number>/", outreach.campaign, name="campaign"),
    path(
        "outreach/campaigns/<int:number>/correct/",
        outreach_correcting.campaign_correct,
        name="campaign-correct",
    ),
    path(
        "outreach/phases/<int:number>/correct/",
        outreach_correcting.phase_correct,
        name="phase-correct",
    ),
    path("outreach/engagements/<int:number>/", outreach_gathered.engagement, name="engagement"),
    path(
        "outreach/engagements/<int:number>/correct/",
        outreach_correcting.engagement_correct,
        name="engagement-correct",
    ),
    path("outreach/heard/", outreach_heard.heard, name="heard"),
]
