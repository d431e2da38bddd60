"""What the rooms' views share: sessions, the signed-in viewer, forms from the catalogue, headers and error pages."""
