"""The record: tables, actions, queries and the chart that everything is read from. Knows nothing of Flask."""
