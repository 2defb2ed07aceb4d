"""Claims against each other: where a page, its examples, a contract and recordings disagree."""
