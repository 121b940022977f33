"""One module for each group of figures: a function that measures it and adds it to the report."""
