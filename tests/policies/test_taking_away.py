"""What the proofs take out of a procedure: whole parts, and each choice that a field gives."""

from candour.policies import load
from candour.policies.proving import Without, takings

TAKEN = {(one.carrier, one.part): one for one in takings(load("cardiff_vale"))}


def _left(one: Without, name: str) -> list[str]:
    return [option.id for option in one.procedure.options[name]]


def test_a_choice_is_taken_out_of_the_list_that_the_pack_supplies() -> None:
    one = TAKEN["field concern_raised.route", "option police"]
    assert one.clauses == ("CV-17",)
    assert "police" not in _left(one, "routes")
    assert "visiting_professional" in _left(one, "routes")


def test_a_choice_is_taken_out_of_the_field_that_has_its_own() -> None:
    one = TAKEN["field meeting_held.improvement", "option too_early"]
    (field,) = (f for f in one.procedure.extra_fields["meeting_held"] if f.name == "improvement")
    assert [option.id for option in field.options] == ["none", "some", "sufficient"]


def test_a_field_is_taken_out_whole_too() -> None:
    one = TAKEN["field concern_raised.route", ""]
    names = [field.name for field in one.procedure.extra_fields["concern_raised"]]
    assert "route" not in names
    assert "what_happened" in names
