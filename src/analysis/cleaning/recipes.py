"""Which raw files make which processed table, by which cleaner, under which schema."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis import sources
from analysis.cleaning import cited, official, supply
from analysis.cleaning.cited import Cleaned
from analysis.cleaning.oews.flat import clean_oews
from analysis.schemas import cited as cited_tables
from analysis.schemas import education, outlook, wages
from analysis.schemas import guide as guide_tables
from analysis.schemas import supply as supply_tables
from analysis.schemas.table import Table

OEWS_FILES = {
    "data": "oews/oe.data.extract",
    "area": "oews/oe.area",
    "industry": "oews/oe.industry",
    "occupation": "oews/oe.occupation",
    "footnote": "oews/oe.footnote",
    "states": "geography/states.csv",
}
OEWS_YEAR = 2025


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How one processed table is made.

    Parameters
    ----------
    name : str
        Of the processed table.
    raw : tuple of str
        The raw files it is made from, below `data/raw`.
    clean : callable
        Reads and cleans them.
    schema : Table
        What the result promises.
    """

    name: str
    raw: tuple[str, ...]
    clean: Callable[[], Cleaned]
    schema: type[Table]


def _one_file(name: str, raw: str, clean: Callable[..., Cleaned], schema: type[Table]) -> Recipe:
    """Make a table from one comma-separated file."""
    return Recipe(name=name, raw=(raw,), clean=lambda: clean(sources.read_raw(raw)), schema=schema)


def _wages() -> Cleaned:
    """Clean the OEWS release."""
    return clean_oews(**{name: sources.verified_path(path) for name, path in OEWS_FILES.items()})


def _state_wages() -> Cleaned:
    """Clean the state panel of the years before the release."""
    return official.clean_state_wages(
        sources.read_raw("oews/state_panel.csv"),
        states=sources.read_raw("geography/states.csv"),
        release_year=OEWS_YEAR,
    )


GUIDE = {
    "claims": guide_tables.Claims,
    "untested_claims": guide_tables.Untested,
    "ai_time_shares": guide_tables.TimeShares,
    "automation": guide_tables.Automation,
    "certification_costs": guide_tables.CertificationCosts,
    "certification_exam": guide_tables.CertificationExam,
    "code_sets": guide_tables.CodeSets,
    "competencies": guide_tables.Competencies,
    "credentials": guide_tables.GuideCredentials,
    "denials": guide_tables.GuideDenials,
    "drivers": guide_tables.Drivers,
    "education_paths": guide_tables.EducationPaths,
    "ladder": guide_tables.Ladder,
    "productivity": guide_tables.GuideProductivity,
    "quality": guide_tables.Quality,
    "remote": guide_tables.Remote,
    "salary_by_credential": guide_tables.SalaryByCredential,
    "salary_by_experience": guide_tables.SalaryByExperience,
    "salary_by_specialty": guide_tables.SalaryBySpecialty,
    "salary_by_state": guide_tables.SalaryByState,
    "settings": guide_tables.Settings,
    "specializations": guide_tables.Specializations,
    "timeline": guide_tables.Timeline,
}

RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        Recipe(name="wages", raw=tuple(OEWS_FILES.values()), clean=_wages, schema=wages.Wages),
        Recipe(
            name="state_wages",
            raw=("oews/state_panel.csv", "geography/states.csv"),
            clean=_state_wages,
            schema=wages.StateWages,
        ),
        _one_file(
            "national_wages",
            "oews/national_2010_2025.csv",
            official.clean_national_wages,
            wages.NationalWages,
        ),
        _one_file("states", "geography/states.csv", official.clean_places, wages.States),
        _one_file(
            "occupation_lineage",
            "oews/occupation_lineage.csv",
            official.clean_lineage,
            outlook.Lineage,
        ),
        _one_file(
            "projections",
            "projections/projections.csv",
            official.clean_projections,
            outlook.Projections,
        ),
        _one_file(
            "projection_evaluation",
            "projections/bls_evaluation.csv",
            cited.clean_cited,
            outlook.ProjectionEvaluation,
        ),
        _one_file(
            "projection_cases",
            "projections/evaluated.csv",
            official.clean_projection_cases,
            outlook.ProjectionCases,
        ),
        _one_file(
            "separations",
            "projections/separations_2024_34.csv",
            official.clean_separations,
            outlook.Separations,
        ),
        _one_file(
            "population",
            "demand/population_65plus.csv",
            official.clean_population,
            outlook.Population,
        ),
        _one_file(
            "health_spending",
            "demand/health_spending.csv",
            official.clean_health_spending,
            outlook.HealthSpending,
        ),
        _one_file(
            "task_exposure",
            "automation/task_exposure_29_2072.csv",
            official.clean_task_exposure,
            outlook.TaskExposure,
        ),
        _one_file(
            "acs_shares",
            "acs/shares_2024_3515.csv",
            official.clean_acs_shares,
            outlook.AcsShares,
        ),
        _one_file(
            "acs_gaps",
            "acs/adjusted_gaps_2024_3515.csv",
            cited.clean_statements,
            outlook.AcsGaps,
        ),
        _one_file(
            "consumer_prices",
            "prices/cpi_u.csv",
            official.clean_consumer_prices,
            wages.ConsumerPrices,
        ),
        _one_file(
            "price_parities",
            "prices/rpp_state.csv",
            official.clean_price_parities,
            wages.PriceParities,
        ),
        _one_file(
            "poverty_guidelines",
            "prices/poverty_guideline.csv",
            official.clean_poverty_guidelines,
            wages.PovertyGuidelines,
        ),
        _one_file(
            "programmes",
            "programmes/scorecard_cip5107.csv",
            official.clean_programmes,
            education.Programmes,
        ),
        _one_file(
            "programme_costs",
            "programmes/certificate_costs.csv",
            cited.clean_cited,
            education.ProgrammeCosts,
        ),
        _one_file(
            "education_earnings",
            "education/earnings_by_education.csv",
            official.clean_education_earnings,
            education.EducationEarnings,
        ),
        _one_file(
            "earnings_profiles",
            "acs/earnings_profiles_2024.csv",
            official.clean_earnings_profiles,
            education.EarningsProfiles,
        ),
        _one_file(
            "taxes",
            "taxes/income_and_payroll_2025.csv",
            official.clean_places,
            education.Taxes,
        ),
        _one_file(
            "high_school_earnings",
            "education/high_school_earnings.csv",
            official.clean_high_school_earnings,
            education.HighSchoolEarnings,
        ),
        _one_file(
            "credentials",
            "credentials/exams_fees.csv",
            cited.clean_credentials,
            cited_tables.Credentials,
        ),
        _one_file(
            "pass_rates",
            "credentials/ahima_pass_rates.csv",
            cited.clean_pass_rates,
            cited_tables.PassRates,
        ),
        _one_file(
            "member_salaries",
            "credentials/aapc_salary.csv",
            cited.clean_member_salaries,
            cited_tables.MemberSalaries,
        ),
        _one_file(
            "denials",
            "operations/denial_rates.csv",
            cited.clean_cited_ranges,
            cited_tables.Denials,
        ),
        _one_file(
            "productivity",
            "operations/productivity.csv",
            cited.clean_cited_ranges,
            cited_tables.Productivity,
        ),
        _one_file(
            "automation_evidence",
            "automation/ai_coding.csv",
            cited.clean_cited_ranges,
            cited_tables.AutomationEvidence,
        ),
        _one_file(
            "ladder_occupations",
            "careers/ladder_occupations.csv",
            cited.clean_guide,
            cited_tables.LadderOccupations,
        ),
        _one_file(
            "assumptions",
            "assumptions.csv",
            cited.clean_guide,
            cited_tables.Assumptions,
        ),
        _one_file(
            "code_set_status",
            "code_sets/icd11_status.csv",
            cited.clean_statements,
            cited_tables.CodeSetStatus,
        ),
        _one_file(
            "completions",
            "supply/completions_51_07.csv",
            supply.clean_completions,
            supply_tables.Completions,
        ),
        _one_file(
            "program_occupations",
            "supply/cip_soc_51_07.csv",
            supply.clean_program_occupations,
            supply_tables.ProgramOccupations,
        ),
        _one_file(
            "postings",
            "supply/indeed_postings_monthly.csv",
            supply.clean_postings,
            supply_tables.Postings,
        ),
        _one_file(
            "training_outcomes",
            "supply/nj_training_outcomes_51_07.csv",
            supply.clean_training_outcomes,
            supply_tables.TrainingOutcomes,
        ),
        _one_file(
            "pell_rules",
            "pell/federal_rules.csv",
            cited.clean_statements,
            supply_tables.PellRules,
        ),
        _one_file(
            "state_rules",
            "pell/state_rules.csv",
            cited.clean_statements,
            supply_tables.StateRules,
        ),
        *(
            _one_file(f"guide_{name}", f"guide/{name}.csv", cited.clean_guide, schema)
            for name, schema in GUIDE.items()
        ),
    )
}
