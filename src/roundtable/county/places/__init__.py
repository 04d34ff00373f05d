"""Where the county's people live: real towns, made-up areas, streets and addresses."""
