"""From a notebook and its parameters to a page that people can trust."""
