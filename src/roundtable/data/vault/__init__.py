"""The identity vault: files of the lake that are never on a disk but encrypted, and the ids made from them."""
