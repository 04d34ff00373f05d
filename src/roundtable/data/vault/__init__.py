"""The identity vault: files of the lake that are on no disk but encrypted, and the ids made of them."""
