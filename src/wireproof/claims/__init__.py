"""Documentation pages → claims: what a page says of an API, each saying with its lines."""
