"""People's rights, done: what a post asks for, held against the rules, and every wing asked.

The rules are governance's, the data are the wings'. Here one thing after another is done, each in the order
in which a crash does no harm, and the chain is told.
"""
