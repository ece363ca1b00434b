"""The ground floor: the one way in, the ledger it writes, and what every topic stands on. It knows no topic and no web."""
