"""Every page, in a real browser: silent, alone, and readable by everyone."""

import pytest


@pytest.fixture(scope="session")
def pages(site):
    """All pages of the site, the index first."""
    return sorted(site.glob("**/*.html"), key=lambda place: (place.name != "index.html", place))


def test_no_page_complains_or_asks_for_anything(open_page, pages):
    for place in pages:
        visit = open_page(place)
        assert visit.console_errors == [], place.name
        assert visit.requests == [place.as_uri()]
