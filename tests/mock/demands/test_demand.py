from arazzo_runner.mock.demands.demand import ANYTHING, PRESENT, SCALAR, Demand, Use


def test_a_use_is_told_in_words() -> None:
    assert Use("the body of step 's'").told() == "the body of step 's'"


def test_the_demand_on_a_part_has_a_form_of_its_own() -> None:
    whole = Demand(Use("it"), form=SCALAR, absent_fails=False)
    part = whole.inside(PRESENT, {"type": "string"})
    assert (part.must, part.fits, part.form, part.absent_fails) == (PRESENT, {"type": "string"}, ANYTHING, False)
    assert whole.inside(PRESENT, True, absent_fails=True).absent_fails
