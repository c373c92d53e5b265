"""For whom a text is written, and who gets it, in words."""

from django.utils.translation import gettext as _

from candour.engine import Procedure
from candour.engine.templates import RECIPIENTS, Audience, RecipientRule, Template
from candour.web.presenters.naming import role_title
from candour.web.spoken import said


def audience_words(template: Template) -> str:
    """Return for whom a letter is written."""
    return {
        Audience.MEMBERS: _("The agencies alone, never the provider"),
        Audience.PARTNERS: _("Partner agencies, never the provider"),
        Audience.PROVIDER: _("The provider: never what was said in the members’ part"),
        Audience.PEOPLE: _("People supported, families or the person who reported"),
        Audience.NETWORK: _("A network: nothing that identifies anybody"),
        Audience.PUBLIC: _("Everybody: nothing that identifies anybody"),
    }[template.audience]


def rule_words(procedure: Procedure, rule: RecipientRule) -> str:
    """Return who gets a letter by a rule: “The responsible individual”, a role’s title."""
    return role_title(procedure, rule.role) if rule.role else said(RECIPIENTS[rule.name])
