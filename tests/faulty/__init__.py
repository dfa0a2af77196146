"""An archive some of whose pages fail, for tests of what readers and operators are told then."""
