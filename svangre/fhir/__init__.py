"""National documents (PRF, PSCR, PMR) and other FHIR R4 views of a signed version.

`documents` makes the three documents, `missing` names what they lack before signing; `parts` holds one small function
per special element, `texts` the sentences that stand in for what has no code. Only `resources` imports fhir.resources,
and only when a document is made.
"""
