"""Tables: values in, text as people read it out."""
