"""The ground floor: the one way in, the ledger it writes, what topics stand on. It knows no topic, no web."""
