"""First drafts of the documents that a governance lead has to finish; posts sign them, not the product."""
