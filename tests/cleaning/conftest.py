"""The alias tables of the repository, prepared once for all tests of cleaning."""

import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.cleaning.pay.vocabulary import (
    CREDENTIAL_ALIASES,
    SETTING_ALIASES,
    STATE_ALIASES,
    vocabulary_of,
)
from analysis.sources import RAW

sys.path.insert(0, str(Path(__file__).parent))  # for the modules that several tests share


@pytest.fixture(scope="session")
def vocabulary():
    credentials, settings, states = (
        pd.read_csv(RAW / path, dtype="str", keep_default_na=False)
        for path in (CREDENTIAL_ALIASES, SETTING_ALIASES, STATE_ALIASES)
    )
    return vocabulary_of(credentials=credentials, settings=settings, states=states)
