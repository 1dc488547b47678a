"""The launcher: real servers from wheels and every process of the product, started and stopped as one.

Nothing of the product imports this package; it is for `bin/demo`, `bin/test` and the tests' set-up only.
"""
