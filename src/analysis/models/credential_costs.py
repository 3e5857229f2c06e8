"""What a credential costs: tuition, dues, fees, materials, study time, upkeep."""

from collections.abc import Mapping

import pandas as pd

from analysis.errors import WrongInput
from analysis.models.areas import Area
from analysis.models.return_inputs import ReturnInput, input_range
from analysis.models.table_rows import row_of
from analysis.models.training_pathways import Pathway, nearest

Tables = Mapping[str, pd.DataFrame]

GUIDE = "Career guide 2026"
AAPC = "AAPC"
SECTOR = "public two-year"
TUITION = "published tuition and fees"
MONTHS = 12.0


def find_credential(tables: Tables, credential: str) -> str:
    """Return the body that awards a credential of the guide or of the table `credentials`.

    Raises
    ------
    WrongInput
        No such credential; the message lists them and the nearest match.

    Examples
    --------
    >>> from analysis import processed
    >>> find_credential(processed.Tables(), "CIC")
    'AAPC'
    """
    bodies = {
        str(name): str(body)
        for table in ("credentials", "guide_credentials")
        for name, body in zip(tables[table]["credential"], tables[table]["body"], strict=True)
    }
    if credential not in bodies:
        raise WrongInput(
            f"credential must be one of {', '.join(sorted(bodies))}; found {credential!r}."
            f"{nearest(str(credential), sorted(bodies))}"
        )
    return bodies[credential]


def exam_inputs(tables: Tables, *, credential: str, body: str) -> tuple[ReturnInput, ...]:
    """Return what the exam of a credential asks: dues, the fee of an attempt, its pass rate.

    Published figures are taken where there are some, else the guide's range.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables credentials, pass_rates and the guide's.
    credential, body : str
        Which exam, and who holds it.
    """
    return (
        membership_input(tables, credential=credential, body=body),
        exam_fee_input(tables, credential=credential),
        pass_rate_input(tables, credential=credential),
    )


def study_inputs(tables: Tables, *, pathway: Pathway, area: Area) -> tuple[ReturnInput, ...]:
    """Return what the way to any credential asks, and to keep it.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables programme_costs and the guide's.
    pathway, area
        Whose costs.

    Returns
    -------
    tuple of ReturnInput
        tuition_usd, materials_usd, study_hours, renewal_usd_per_year, completion_rate_pct.
    """
    return (
        tuition_input(tables, pathway=pathway, area=area),
        materials_input(tables, pathway=pathway),
        _guide_exam(tables, "study time", "study_hours", "Study before the exam", unit="hours"),
        renewal_input(tables),
        completion_input(tables, pathway=pathway),
    )


def tuition_input(tables: Tables, *, pathway: Pathway, area: Area) -> ReturnInput:
    """Return tuition and fees of the whole training.

    Certificate and associate: the published yearly price of public two-year colleges (the state's
    own where the table has it, else the nation's) for the guide's months; limits from the guide.
    Self-study: up to the guide's cheapest programme.
    """
    guide = row_of(tables["guide_education_paths"], "path", "any training program")
    cheapest, dearest = float(guide["cost_low_usd"]), float(guide["cost_high_usd"])
    label = "Tuition and fees"
    if pathway.name == "certification_only":
        return input_range(
            "tuition_usd", label, value=0.0, unit="USD", source="No training on this pathway"
        )
    if pathway.name == "self_study":
        return input_range(
            "tuition_usd",
            label,
            value=cheapest,
            low=0.0,
            high=cheapest,
            unit="USD",
            source=f"{GUIDE}: its cheapest programme, or nothing beyond materials",
            note="No price of self-study courses is published.",
        )
    costs = tables["programme_costs"]
    prices = costs[costs["item"].str.startswith(TUITION) & costs["sector"].eq(SECTOR)]
    prices = prices[prices["period"].eq(prices["period"].max())]
    named = prices[prices["item"].str.contains(area.name, regex=False)]
    row = (named if len(named) else prices[prices["item"].str.contains("in-district")]).iloc[0]
    path = row_of(tables["guide_education_paths"], "path", pathway.guide_path)
    years = (float(path["months_low"]) + float(path["months_high"])) / 2 / MONTHS
    value = float(row["value"]) * years
    return input_range(
        "tuition_usd",
        label,
        value=value,
        low=min(value, cheapest),
        high=max(value, dearest),
        unit="USD",
        year=str(row["period"]),
        source=f"{row['source_title']}; limits: {GUIDE}",
        kind="official",
        verification=str(row["verification"]),
        note=f"Public two-year colleges, {row['item'].removeprefix(TUITION).strip(' ,')}, "
        f"{years:.2g} years; grants are not taken off, living costs not added.",
    )


def membership_input(tables: Tables, *, credential: str, body: str) -> ReturnInput:
    """Return the first year's dues: AAPC asks for them; AHIMA's non-member fee needs none."""
    label = f"{body} membership, first year"
    if body != AAPC:
        return input_range(
            "membership_usd",
            label,
            value=0.0,
            unit="USD",
            source="Not needed: the exam fee taken is the one for non-members",
        )
    rows = tables["credentials"]
    rows = rows[rows["body"].eq(AAPC) & rows["membership_usd_per_year"].notna()]
    own = rows[rows["credential"].eq(credential)]
    row = (own if len(own) else rows).iloc[0]
    dues, students = float(row["membership_usd_per_year"]), row["student_membership_usd_per_year"]
    return input_range(
        "membership_usd",
        label,
        value=dues,
        low=None if pd.isna(students) else float(students),
        high=None if pd.isna(students) else dues,
        unit="USD",
        year=str(row["vintage"]),
        source=str(row["source_title"]),
        kind="official",
        verification=str(row["verification"]),
        note="" if pd.isna(students) else "The lower limit is the students' rate.",
    )


def exam_fee_input(tables: Tables, *, credential: str) -> ReturnInput:
    """Return the fee of one attempt, as published, else the guide's range."""
    rows = tables["credentials"]
    rows = rows[rows["credential"].eq(credential) & rows["exam_fee_usd"].notna()]
    label = f"{credential} exam, one attempt"
    if rows.empty:
        guide = tables["guide_certification_costs"]
        row = row_of(guide, "item", "certification exam, FAQ range")
        low, high = float(row["low_usd"]), float(row["high_usd"])
        return input_range(
            "exam_fee_usd",
            label,
            value=(low + high) / 2,
            low=low,
            high=high,
            unit="USD",
            source=GUIDE,
            kind="guide",
            verification="guide",
            note="No published fee for this exam at hand: the guide's range for all exams.",
        )
    row = rows.iloc[0]
    fee, other = float(row["exam_fee_usd"]), row["exam_fee_nonmember_usd"]
    has_other = pd.notna(other) and float(other) > fee
    return input_range(
        "exam_fee_usd",
        label,
        value=float(other) if has_other else fee,
        low=fee if has_other else None,
        high=float(other) if has_other else None,
        unit="USD",
        year=str(row["vintage"]),
        source=str(row["source_title"]),
        kind="official",
        verification=str(row["verification"]),
        note="" if pd.isna(row["note"]) else str(row["note"]),
    )


def pass_rate_input(tables: Tables, *, credential: str) -> ReturnInput:
    """Return the chance to pass an attempt: the latest published one, else the guide's range.

    A first-time rate is taken for every attempt; its limits are the lowest and highest published
    year (10 points either side where there is one year only).
    """
    rows = tables["pass_rates"]
    rows = rows[rows["credential"].eq(credential)].sort_values("year")
    if rows.empty:
        return _guide_exam(
            tables,
            "first-time pass rate",
            "pass_rate_pct",
            f"{credential} pass rate",
            unit="percent",
            note="No pass rate is published for this exam: the guide's range for all exams.",
        )
    row = rows.iloc[-1]
    value = float(row["pass_rate_pct"])
    one_year = len(rows) == 1
    return input_range(
        "pass_rate_pct",
        f"{credential} pass rate",
        value=value,
        low=value - 10 if one_year else float(rows["pass_rate_pct"].min()),
        high=min(value + 10, 99.0) if one_year else float(rows["pass_rate_pct"].max()),
        unit="percent",
        year=str(row["year"]),
        source=str(row["source_title"]),
        kind="official",
        verification=str(row["verification"]),
        distribution="attempts",
        note="First-time takers; taken for every attempt.",
    )


def materials_input(tables: Tables, *, pathway: Pathway) -> ReturnInput:
    """Return what books and practice exams cost; an associate degree adds its own books."""
    row = row_of(tables["guide_certification_costs"], "item", "study materials")
    low, high = float(row["low_usd"]), float(row["high_usd"])
    books = 0.0
    if pathway.name == "associate":
        costs = tables["programme_costs"]
        books = 2 * float(row_of(costs, "item", "books and supplies")["value"])
    return input_range(
        "materials_usd",
        "Study materials",
        value=(low + high) / 2 + books,
        low=low + books,
        high=high + books,
        unit="USD",
        source=GUIDE,
        kind="guide",
        verification="guide",
        note=f"With {books:,.0f} USD for two years of books (College Board)." if books else "",
    )


def renewal_input(tables: Tables) -> ReturnInput:
    """Return dues and continuing education a year, from the first job on."""
    row = row_of(tables["guide_certification_costs"], "item", "renewal")
    low, high = float(row["low_usd"]), float(row["high_usd"])
    return input_range(
        "renewal_usd_per_year",
        "Renewal and continuing education",
        value=(low + high) / 2,
        low=low,
        high=high,
        unit="USD a year",
        source=GUIDE,
        kind="guide",
        verification="guide",
        note="Taken to include the dues of later years.",
    )


def completion_input(tables: Tables, *, pathway: Pathway) -> ReturnInput:
    """Return the chance to complete the training.

    Certificate: certificate seekers at less-than-two-year institutions within 150 % of the normal
    time; associate: any programme within three years at two-year institutions. Both know first-time
    full-time students only, of all fields. Self-study: nobody publishes a rate.
    """
    label = "Completes the training"
    if pathway.name == "certification_only":
        return input_range(
            "completion_rate_pct", label, value=100.0, unit="percent", source="No training"
        )
    if pathway.name == "self_study":
        return input_range(
            "completion_rate_pct",
            label,
            value=50.0,
            low=25.0,
            high=75.0,
            unit="percent",
            source="Assumption: no completion rate of self-study is published",
            distribution="outcome",
        )
    costs = tables["programme_costs"]
    is_certificate = pathway.name == "certificate"
    item = (
        "graduation rate: CERTIFICATE-seekers, less-than-two-year institutions, within 150%"
        if is_certificate
        else "completed any program at first institution within 3 years"
    )
    rates = costs[costs["item"].eq(item)]
    if is_certificate:
        family = costs[costs["item"].str.startswith(item.removesuffix("150%"))]
        row = rates[rates["sector"].eq("overall")].iloc[0]
    else:
        family = costs[costs["item"].eq("six-year completion rate, any credential anywhere")]
        family = pd.concat([rates, family[family["sector"].str.startswith(SECTOR)]])
        row = rates.sort_values("period").iloc[-1]
    return input_range(
        "completion_rate_pct",
        label,
        value=float(row["value"]),
        low=float(family["value"].min()),
        high=float(family["value"].max()),
        unit="percent",
        year=str(row["period"]),
        source=str(row["source_title"]),
        kind="official",
        verification=str(row["verification"]),
        distribution="outcome",
        note="All fields of study; " + str(row["note"]),
    )


def _guide_exam(
    tables: Tables, measure: str, name: str, label: str, *, unit: str, note: str = ""
) -> ReturnInput:
    """Make an input of a row of the guide's table of exams."""
    row = row_of(tables["guide_certification_exam"], "measure", measure)
    low, high = float(row["low"]), float(row["high"])
    return input_range(
        name,
        label,
        value=(low + high) / 2,
        low=low,
        high=high,
        unit=unit,
        source=GUIDE,
        kind="guide",
        verification="guide",
        distribution="attempts" if unit == "percent" else "triangular",
        note=note,
    )
