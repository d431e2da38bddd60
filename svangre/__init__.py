"""Digital Svangrejournal: the application. `docs/architecture.md` is the map of the rooms."""
