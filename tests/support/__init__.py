"""What the tests of the engine share: contracts from fragments, drift put into bodies, schema strategies."""
