"""The whole way from records to people, once from the beginning or night by night."""
