"""Coders a volume needs: worked examples, published rates and laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import WrongInput
from analysis.models.ranges import Range
from analysis.models.staffing import Assistance, required_fte

# Career guide 2026: records a coder is asked for a day; the ED range is an example
GUIDE_SPEED = {
    "inpatient": Range(low=15, high=25),
    "outpatient": Range(low=40, high=60),
    "ed": Range(low=80, high=120),
}
NO_SHRINKAGE = Range.known(0)
VENDOR_TOOL = {  # a vendor's routine share and saving, the career guide's accuracy
    "routine_share": Range(low=0.30, high=0.40),
    "accuracy": Range(low=0.85, high=0.92),
    "review_time_saving": Range(low=0.20, high=0.30),
}
volumes_per_day = st.fixed_dictionaries(
    dict.fromkeys(("inpatient", "outpatient", "ed"), st.floats(0, 500))
)
laws = settings(max_examples=25, deadline=None)


def known_need(records_per_day=24, speed=24, **kwargs):
    return required_fte(
        {"inpatient": records_per_day},
        {"inpatient": Range.known(speed)},
        **{"shrinkage": NO_SHRINKAGE, "draws": 10, **kwargs},
    )


def test_three_records_an_hour_are_twenty_four_a_day():
    """DeVault, Journal of AHIMA 83(7) 2012: 3 an hour, 20 minutes each, 24 in 8 paid hours."""
    need = known_need(records_per_day=24, speed=3 * 8)
    assert need.fte.value == pytest.approx(1)
    assert need.by_type["minutes_per_record"].item() == pytest.approx(20)


def test_shrinkage_stretches_the_need():
    """A fifth of the paid hours lost: 1 / 0.8 = 1.25."""
    need = known_need(shrinkage=Range.known(0.2))
    assert need.fte.value == pytest.approx(1.25)


def test_records_that_arrive_seven_days_need_more_coders_of_five():
    """24 a day on 7 days are 56 hours of coding a week: 56 / 40 = 1.4."""
    need = known_need(days_per_week=7)
    assert need.fte.value == pytest.approx(1.4)


def test_rework_adds_the_share_that_is_wrong():
    """5 % wrong at half the time each: 1 + 0.05 * 0.5 = 1.025."""
    need = known_need(accuracy=Range.known(0.95), rework_time_share=Range.known(0.5))
    assert need.fte.value == pytest.approx(1.025)


def test_assistance_saves_routine_times_accuracy_times_saving():
    """Half the records, 40 % routine, 90 % right, 25 % quicker: 1 - 0.5 * 0.4 * 0.225 = 0.955."""
    tool = Assistance(
        adoption=0.5,
        routine_share=Range.known(0.4),
        accuracy=Range.known(0.9),
        review_time_saving=Range.known(0.25),
    )
    need = known_need(assistance=tool)
    assert need.fte.value == pytest.approx(0.955)
    assert need.fte_unassisted.value == pytest.approx(1)
    assert need.fte_saved.value == pytest.approx(0.045)


def test_wrong_proposals_can_eat_up_the_saving():
    """15 % right at 30 % quicker against 85 % wrong at 10 % longer: 0.045 - 0.085 < 0."""
    tool = Assistance(
        adoption=1,
        routine_share=Range.known(1),
        accuracy=Range.known(0.15),
        review_time_saving=Range.known(0.3),
        penalty=Range.known(0.1),
    )
    assert known_need(assistance=tool).fte.value == pytest.approx(1.04)


def test_an_uncertain_speed_gives_an_interval_between_its_ends():
    """60 inpatient records at 15 to 25 a day: between 60 / 25 = 2.4 and 60 / 15 = 4 coders."""
    need = required_fte({"inpatient": 60}, GUIDE_SPEED, shrinkage=NO_SHRINKAGE)
    assert 2.4 < need.fte.low < need.fte.value < need.fte.high < 4
    assert need.fte.value == pytest.approx(60 / 20, rel=0.02)
    assert need.fte.kind == "simulation"


@given(volumes=volumes_per_day, extra=st.floats(0, 200))
@laws
def test_more_volume_never_needs_fewer_coders(volumes, extra):
    def need(records_per_day):
        return required_fte(records_per_day, GUIDE_SPEED, shrinkage=NO_SHRINKAGE, draws=200).fte

    before, after = need(volumes), need(volumes | {"ed": volumes["ed"] + extra})
    assert after.low >= before.low
    assert after.value >= before.value
    assert after.high >= before.high


@given(volumes=volumes_per_day, factor=st.floats(0.1, 10))
@laws
def test_the_need_scales_with_the_volume(volumes, factor):
    def need(scale):
        case = {name: scale * per for name, per in volumes.items()}
        return required_fte(case, GUIDE_SPEED, shrinkage=NO_SHRINKAGE, draws=200).fte.value

    assert need(factor) == pytest.approx(factor * need(1))


@given(adoption=st.floats(0, 1))
@laws
def test_a_tool_whose_errors_are_free_never_adds_coders(adoption):
    need = known_need(assistance=Assistance(adoption=adoption, **VENDOR_TOOL))
    assert need.fte.value <= need.fte_unassisted.value
    assert need.fte_saved.value >= 0


def test_the_same_seed_gives_the_same_need():
    case = {"inpatient": 60, "ed": 200}
    first, again = (
        required_fte(case, GUIDE_SPEED, shrinkage=NO_SHRINKAGE, seed=7, draws=100) for _ in range(2)
    )
    assert first.fte == again.fte
    assert first.by_type.equals(again.by_type)


def test_a_type_without_productivity_is_named():
    with pytest.raises(WrongInput, match="no radiology, only inpatient, outpatient, ed"):
        required_fte({"radiology": 5}, GUIDE_SPEED, shrinkage=NO_SHRINKAGE)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"records_per_day": -1}, "at least 0"),
        ({"days_per_week": 8}, "days_per_week"),
        ({"speed": 0}, "above 0 for inpatient"),
        ({"shrinkage": Range.known(1)}, "shrinkage"),
        ({"paid_hours_per_week": 0}, "paid_hours"),
        ({"accuracy": Range.known(95)}, "accuracy must lie within 0.0 to 1.0, not 95 to 95"),
        ({"draws": 0}, "draws must be at least 1"),
    ],
)
def test_inputs_out_of_range_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        known_need(**change)


@pytest.mark.parametrize("change", [{"adoption": 2}, {"adoption": 1, "penalty": Range.known(-1)}])
def test_a_tool_that_cannot_be_is_refused(change):
    with pytest.raises(ValueError, match=list(change)[-1]):
        Assistance(**change)
