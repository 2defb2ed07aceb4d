"""The fast way through an examination: lines of a recording, many at a time, by operation.

`intake` sorts lines into lanes, `lane` holds the answers of one operation, `counting` judges and
counts them.
"""
