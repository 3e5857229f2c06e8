"""Coders a volume needs: worked examples, published rates and laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import WrongInput
from analysis.models.ranges import Range
from analysis.studies import staffing
from analysis.studies.staffing import (
    Assistance,
    Productivity,
    Quality,
    Schedule,
    Volumes,
    required_fte,
)

# Career guide 2026: records a coder is asked for a day; the ED range is an example
GUIDE_SPEED = Productivity(
    records_per_8_hours={
        "inpatient": Range(low=15, high=25),
        "outpatient": Range(low=40, high=60),
        "ed": Range(low=80, high=120),
    }
)
NO_SHRINKAGE = Schedule(shrinkage=Range.known(0))
volumes_per_day = st.fixed_dictionaries(
    dict.fromkeys(("inpatient", "outpatient", "ed"), st.floats(0, 500))
)
laws = settings(max_examples=25, deadline=None)


def known_need(records_per_day=24, speed=24, **kwargs):
    return required_fte(
        Volumes(records_per_day={"inpatient": records_per_day}),
        Productivity(records_per_8_hours={"inpatient": Range.known(speed)}),
        kwargs.pop("schedule", NO_SHRINKAGE),
        draws=10,
        **kwargs,
    )


def test_three_records_an_hour_are_twenty_four_a_day():
    """DeVault, Journal of AHIMA 83(7) 2012: 3 an hour, 20 minutes each, 24 in 8 paid hours."""
    need = known_need(records_per_day=24, speed=3 * 8)
    assert need.fte.value == pytest.approx(1)
    assert need.by_type[0].minutes_per_record.value == pytest.approx(20)


def test_shrinkage_stretches_the_need():
    """A fifth of the paid hours lost: 1 / 0.8 = 1.25."""
    need = known_need(schedule=Schedule(shrinkage=Range.known(0.2)))
    assert need.fte.value == pytest.approx(1.25)


def test_records_that_arrive_seven_days_need_more_coders_of_five():
    """24 a day on 7 days are 56 hours of coding a week: 56 / 40 = 1.4."""
    need = required_fte(
        Volumes(records_per_day={"inpatient": 24}, days_per_week=7),
        Productivity(records_per_8_hours={"inpatient": Range.known(24)}),
        NO_SHRINKAGE,
        draws=10,
    )
    assert need.fte.value == pytest.approx(1.4)


def test_rework_adds_the_share_that_is_wrong():
    """5 % wrong at half the time each: 1 + 0.05 * 0.5 = 1.025."""
    quality = Quality(accuracy=Range.known(0.95), rework_time_share=Range.known(0.5))
    assert known_need(quality=quality).fte.value == pytest.approx(1.025)


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
    need = required_fte(Volumes(records_per_day={"inpatient": 60}), GUIDE_SPEED, NO_SHRINKAGE)
    assert 2.4 < need.fte.low < need.fte.value < need.fte.high < 4
    assert need.fte.value == pytest.approx(60 / 20, rel=0.02)
    assert need.fte.kind == "simulation"


@given(volumes=volumes_per_day, extra=st.floats(0, 200))
@laws
def test_more_volume_never_needs_fewer_coders(volumes, extra):
    def need(records_per_day):
        case = Volumes(records_per_day=records_per_day)
        return required_fte(case, GUIDE_SPEED, NO_SHRINKAGE, draws=200).fte

    before, after = need(volumes), need(volumes | {"ed": volumes["ed"] + extra})
    assert after.low >= before.low
    assert after.value >= before.value
    assert after.high >= before.high


@given(volumes=volumes_per_day, factor=st.floats(0.1, 10))
@laws
def test_the_need_scales_with_the_volume(volumes, factor):
    def need(scale):
        case = Volumes(records_per_day={name: scale * per for name, per in volumes.items()})
        return required_fte(case, GUIDE_SPEED, NO_SHRINKAGE, draws=200).fte.value

    assert need(factor) == pytest.approx(factor * need(1))


@given(adoption=st.floats(0, 1))
@laws
def test_the_default_tool_never_adds_coders(adoption):
    need = known_need(assistance=Assistance(adoption=adoption))
    assert need.fte.value <= need.fte_unassisted.value
    assert need.fte_saved.value >= 0


def test_the_same_seed_gives_the_same_need():
    case = Volumes(records_per_day={"inpatient": 60, "ed": 200})
    assert required_fte(case, GUIDE_SPEED, NO_SHRINKAGE, seed=7, draws=100) == required_fte(
        case, GUIDE_SPEED, NO_SHRINKAGE, seed=7, draws=100
    )


def test_the_table_has_a_row_a_type_and_the_total():
    case = Volumes(records_per_day={"inpatient": 60, "ed": 200})
    need = required_fte(case, GUIDE_SPEED, NO_SHRINKAGE, draws=100)
    table = need.to_frame()
    assert table["encounter_type"].tolist() == ["inpatient", "ed", "all"]
    assert table["records_per_day"].tolist() == [60, 200, 260]
    assert table["fte"].iloc[-1] == need.fte.value
    assert "100 draws, seed 0" in need._repr_html_()


def test_a_type_without_productivity_is_named():
    with pytest.raises(WrongInput, match="no radiology, only inpatient, outpatient, ed"):
        required_fte(Volumes(records_per_day={"radiology": 5}), GUIDE_SPEED, NO_SHRINKAGE)


def test_no_draws_are_refused():
    with pytest.raises(ValueError, match="draws must be at least 1"):
        required_fte(Volumes(records_per_day={"ed": 5}), GUIDE_SPEED, NO_SHRINKAGE, draws=0)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Volumes(records_per_day={"ed": -1}), "at least 0"),
        (lambda: Volumes(records_per_day={}, days_per_week=8), "days_per_week"),
        (lambda: Productivity(records_per_8_hours={"ed": Range.known(0)}), "above 0 for ed"),
        (lambda: Schedule(shrinkage=Range.known(1)), "shrinkage"),
        (lambda: Schedule(shrinkage=Range.known(0), paid_hours_per_week=0), "paid_hours"),
        (
            lambda: Quality(accuracy=Range.known(95), rework_time_share=Range.known(0)),
            "accuracy must lie within 0.0 to 1.0, not 95 to 95",
        ),
        (lambda: Assistance(adoption=2), "adoption"),
        (lambda: Assistance(adoption=1, penalty=Range.known(-1)), "penalty"),
    ],
)
def test_inputs_out_of_range_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_every_name_the_module_offers_is_there():
    assert all(hasattr(staffing, name) for name in staffing.__all__)
