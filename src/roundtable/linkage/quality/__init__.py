"""How well records are linked, by agency, by group of people and from run to run, without any truth."""
