"""Recorded traffic judged by wireproof and by its peers: the same files, in one run, as ratios."""
