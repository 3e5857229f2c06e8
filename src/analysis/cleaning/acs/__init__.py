"""Person records of the American Community Survey (PUMS), as the Census Bureau releases them."""
