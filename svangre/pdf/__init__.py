"""Documents on paper: the handover, her own answers, letters and the emergency sheet. Made from a chart alone."""
