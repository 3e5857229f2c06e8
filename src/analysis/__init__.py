"""Workforce and salary analytics for US medical billing and coding."""
