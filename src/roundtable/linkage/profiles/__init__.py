"""Records that say exactly the same of somebody, taken as one."""
