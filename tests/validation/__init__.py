"""`make validate`: the official HL7 validator, offline, on the documents of many women; and our own check of codes."""
