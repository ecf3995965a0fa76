"""How people without the admin write records: what the forms of all kinds have in common, and the pages around them."""
