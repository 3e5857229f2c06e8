"""The alias tables that cleaning needs, prepared once."""

from dataclasses import dataclass

import pandas as pd

from analysis import sources
from analysis.cleaning.pay.certification import CredentialNames, credential_names
from analysis.cleaning.pay.setting import SettingNames, setting_names
from analysis.cleaning.pay.state import state_names
from analysis.cleaning.pay.words import Phrases

CREDENTIAL_ALIASES = "credentials/aliases.csv"
SETTING_ALIASES = "settings/aliases.csv"
STATE_ALIASES = "geography/state_aliases.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Every known spelling of credentials, settings and states."""

    credentials: CredentialNames
    settings: SettingNames
    states: Phrases


def vocabulary_of(
    *, credentials: pd.DataFrame, settings: pd.DataFrame, states: pd.DataFrame
) -> Vocabulary:
    """Prepare the three alias tables, as `sources.read_raw` reads them.

    Raises
    ------
    WrongInput
        A table lacks a column, or an alias means two things.
    """
    return Vocabulary(
        credentials=credential_names(credentials),
        settings=setting_names(settings),
        states=state_names(states),
    )


def known_spellings() -> Vocabulary:
    """Read the spellings of credentials, settings and states that the project knows."""
    return vocabulary_of(
        credentials=sources.read_raw(CREDENTIAL_ALIASES),
        settings=sources.read_raw(SETTING_ALIASES),
        states=sources.read_raw(STATE_ALIASES),
    )
