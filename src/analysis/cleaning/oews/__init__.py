"""Wages as the BLS publishes them: flat files or yearly workbooks, an extract or a release."""
