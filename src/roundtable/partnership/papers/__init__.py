"""Papers that the law already asks for: first drafts from what is agreed and counted, gaps shown as gaps."""
