"""Option lists that several questions share."""

from svangre.catalogue import Option

# She says no or yes; the grade is the GP's and is about need for treatment, not about severity. "Yes" has no code.
# Source: value set VS-tilstands-svaerhedsgrad; its third affirmative code is unknown and not offered.
HEREDITY = (
    Option("yes", "Ja", clinic_label="Ja, ikke vurderet"),
    Option(
        "not_treated",
        "Ja, har ikke krævet behandling",
        clinic_label="Har ikke krævet behandling",
        code="608051000005103",
        clinic_only=True,
    ),
    Option(
        "treated",
        "Ja, har krævet behandling",
        clinic_label="Har krævet behandling",
        code="608061000005101",
        clinic_only=True,
    ),
    Option("no", "Nej", code="373067005"),
)
HEREDITY_PRESENT = ("yes", "not_treated", "treated")

RELATIONS = (
    Option("spouse", "Ægtefælle"),
    Option("cohabiting_partner", "Samboende"),
    Option("mother", "Mor"),
    Option("father", "Far"),
    Option("parent", "Forælder"),
    Option("sibling", "Søster eller bror", clinic_label="Søskende"),
    Option("child", "Barn"),
    Option("neighbour", "Nabo"),
    Option("other", "Anden"),
)
