"""The ground floor: the one way in, the ledger it writes, and what topics stand on. It knows no topic, no web."""
