"""How much harm, where, and how sure one can be."""
