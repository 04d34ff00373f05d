"""How the generated county compares with the published figures, one by one."""
